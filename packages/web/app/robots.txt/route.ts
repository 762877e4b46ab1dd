import { answer } from "../../features/reading/conditional-response.ts";
import { siteOrigin } from "../../features/reading/site.ts";

// It names the origin, which is known where the app runs, and not where it is built.
export const dynamic = "force-dynamic";

/** Everything that is there to be read may be found. */
export function GET(request: Request): Response {
  const lines = ["User-agent: *", "Disallow: /v1/", "Disallow: /write", "", `Sitemap: ${siteOrigin()}/sitemap.xml`, ""];
  return answer(request, { body: lines.join("\n"), type: "text/plain" });
}
