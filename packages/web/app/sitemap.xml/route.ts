import { answer } from "../../features/reading/conditional-response.ts";
import { sitemapIndex } from "../../features/reading/sitemap.ts";

export const dynamic = "force-dynamic";

export const GET = async (request: Request): Promise<Response> =>
  answer(request, { body: await sitemapIndex(), type: "application/xml" });
