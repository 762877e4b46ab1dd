import { createHash, randomUUID } from "node:crypto";
import { callLimits } from "../call-limits.ts";
import { revalidationSecretHeader, tagsPerRequest } from "../published/cache-tags.ts";
import { retry } from "../retry.ts";

/** The site's page cache. */
export interface Site {
  /** Invalidates all pages with these tags. @throws temporarily-unavailable */
  forget(tags: readonly string[]): Promise<void>;
  /**
   * Renders a page before a reader requests it. @throws when the site does not respond, or responds with a server error
   */
  prepare(path: string): Promise<void>;
}

const { attempts, milliseconds } = callLimits.site;

/** Reaches the site at its public origin. */
export function httpSite(origin: () => string, secret: () => string): Site {
  async function post(body: string): Promise<void> {
    const response = await fetch(`${origin()}/revalidate`, {
      method: "POST",
      body,
      headers: {
        [revalidationSecretHeader]: secret(),
        "content-type": "application/json",
        // CloudFront signs the request to the site's function and needs the hash of the body for it.
        "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
      },
      redirect: "error",
      signal: AbortSignal.timeout(milliseconds),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The site answers /revalidate with ${response.status}`);
  }

  return {
    async forget(tags) {
      for (let start = 0; start < tags.length; start += tagsPerRequest) {
        const body = JSON.stringify({ tags: tags.slice(start, start + tagsPerRequest) });
        await retry(() => post(body), { attempts, firstWaitMilliseconds: 200, isTemporary: () => true });
      }
    },
    async prepare(path) {
      // The edge may still cache the page under its own URL. A unique query bypasses it.
      const response = await fetch(`${origin()}${path}?fresh=${randomUUID()}`, {
        redirect: "manual",
        signal: AbortSignal.timeout(milliseconds),
      });
      await response.body?.cancel();
      if (response.status >= 500) throw new Error(`The site answers ${path} with ${response.status}`);
    },
  };
}
