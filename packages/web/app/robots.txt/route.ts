import { disallowed } from "../../features/reading/site.ts";
import { answer } from "../../lib/conditional-response.ts";
import { siteOrigin } from "../../lib/site-origin.ts";

// Rendered per request, because the origin is known at run time and not at build time.
export const dynamic = "force-dynamic";

/** Allows crawlers to index all pages. */
export function GET(request: Request): Response {
  const lines = ["User-agent: *", "Disallow: /v1/", ...disallowed, "", `Sitemap: ${siteOrigin()}/sitemap.xml`, ""];
  return answer(request, { body: lines.join("\n"), type: "text/plain" });
}
