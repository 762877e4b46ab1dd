import { sitemapIndex } from "../../features/sitemap/sitemap.ts";
import { answer } from "../../lib/conditional-response.ts";

export const dynamic = "force-dynamic";

export const GET = async (request: Request): Promise<Response> =>
  answer(request, { body: await sitemapIndex(), type: "application/xml" });
