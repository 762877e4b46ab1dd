import { inlineScriptHashes } from "./inline-scripts.ts";
import { contentSecurityPolicy } from "./security-headers.ts";
import { uploadOrigin } from "./upload-origin.ts";

/** A response of the server function in Lambda's format. Header names are in lower case. */
export interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const { key: policyKey } = contentSecurityPolicy();
const header = policyKey.toLowerCase();

/**
 * Makes a response to `?fresh=` uncacheable. An invalidation names the path without this query, so a cached copy would
 * never be invalidated.
 *
 * @param rawQuery the query as received, without the question mark
 */
export const withoutCopies = <Answer extends PageAnswer>(answer: Answer, rawQuery = ""): Answer =>
  /(^|&)fresh=/.test(rawQuery) ? { ...answer, headers: { ...answer.headers, "cache-control": "no-store" } } : answer;

/**
 * Sets the policy of a page to allow exactly its own inline scripts. It is computed from the response, because a page
 * rendered at request time (cold cache or changed content) differs from the one of the build.
 */
export function withPagePolicy<Answer extends PageAnswer>(answer: Answer): Answer {
  const { [header]: policy, ...others } = answer.headers;
  // The headers of a 304 replace those of the cached page. Its policy must stay, because the hashes come from the body,
  // which a 304 does not have.
  if (answer.statusCode === 304) return { ...answer, headers: others };
  if (policy === undefined || !answer.headers["content-type"]?.startsWith("text/html")) return answer;
  const html = Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8").toString();
  const { value } = contentSecurityPolicy(inlineScriptHashes(html), uploadOrigin());
  return { ...answer, headers: { ...others, [header]: value } };
}
