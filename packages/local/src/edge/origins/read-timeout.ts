import { type OriginResponse, plainResponse } from "./origin.ts";
import type { RequestOrigin } from "./request-origin.ts";

/**
 * Resolves to the response, or to `undefined` if it does not start in time. In that case, the signal aborts the call.
 */
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
 * Waits for the start of an origin's response, up to CloudFront's read timeout. GET and HEAD are retried. Other methods
 * are not, because the origin may have run them.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 * @returns 504 if no attempt gets a response in time
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
