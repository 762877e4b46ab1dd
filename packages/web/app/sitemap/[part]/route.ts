import { monthSitemap } from "../../../features/reading/month-sitemap.ts";
import { pagesSitemap } from "../../../features/sitemap/sitemap.ts";
import { answer, nothing } from "../../../lib/conditional-response.ts";

interface Context {
  readonly params: Promise<{ readonly part: string }>;
}

/** Returns one part of the sitemap. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const name = /^(.+)\.xml$/.exec((await params).part)?.[1];
  let body = name === "pages" ? pagesSitemap() : undefined;
  body ??= await monthSitemap(name); // #blog
  return body === undefined ? nothing() : answer(request, { body, type: "application/xml" });
}
