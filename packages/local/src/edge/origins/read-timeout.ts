import { type OriginResponse, plainResponse } from "./origin.ts";
import type { RequestOrigin } from "./request-origin.ts";

/** The answer, or `undefined` when it does not begin in time; the signal then ends the call. */
async function inTime(
  call: (signal: AbortSignal) => Promise<OriginResponse>,
  seconds: number,
): Promise<OriginResponse | undefined> {
  const controller = new AbortController();
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    late.resolve(undefined);
    controller.abort();
  }, seconds * 1000);
  return Promise.race([call(controller.signal), late.promise]).finally(() => clearTimeout(timer));
}

/**
 * Waits for an origin's answer to begin as long as CloudFront does. GET and HEAD are sent again; other methods are not, since the origin may
 * be carrying them out.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 * @returns 504 when no attempt is answered in time
 */
export async function withReadTimeout(
  method: string,
  { domain, readTimeoutSeconds, attempts }: RequestOrigin,
  call: (signal: AbortSignal) => Promise<OriginResponse>,
): Promise<OriginResponse> {
  const most = method === "GET" || method === "HEAD" ? attempts : 1;
  for (let attempt = 1; attempt <= most; attempt += 1) {
    const answer = await inTime(call, readTimeoutSeconds);
    if (answer) return answer;
  }
  return { ...plainResponse(504, `The origin did not answer within ${readTimeoutSeconds} seconds.\n`), from: domain };
}
