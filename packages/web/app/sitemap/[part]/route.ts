import { Month } from "@daybook/core/published/published-post";
import { answer, nothing } from "../../../features/reading/conditional-response.ts";
import { monthSitemap, pagesSitemap } from "../../../features/reading/sitemap.ts";

interface Context {
  readonly params: Promise<{ readonly part: string }>;
}

/** Returns one part of the sitemap: the static pages, or the posts of a month. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const name = /^(.+)\.xml$/.exec((await params).part)?.[1];
  const month = Month.safeParse(name).data;
  const body = name === "pages" ? pagesSitemap() : month && (await monthSitemap(month));
  return body === undefined ? nothing() : answer(request, { body, type: "application/xml" });
}
