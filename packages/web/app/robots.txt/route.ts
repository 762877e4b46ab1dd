import { answer } from "../../features/reading/conditional-response.ts";
import { siteOrigin } from "../../features/reading/site.ts";

// Rendered per request, because the origin is known at run time and not at build time.
export const dynamic = "force-dynamic";

/** Allows crawlers to index all pages except the API and the editor. */
export function GET(request: Request): Response {
  const lines = ["User-agent: *", "Disallow: /v1/", "Disallow: /write", "", `Sitemap: ${siteOrigin()}/sitemap.xml`, ""];
  return answer(request, { body: lines.join("\n"), type: "text/plain" });
}
