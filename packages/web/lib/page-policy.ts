import { inlineScriptHashes } from "./inline-scripts.ts";
import { contentSecurityPolicy } from "./security-headers.ts";
import { uploadOrigin } from "./upload-origin.ts";

/** An answer of the server function, as Lambda hands it on; the names of headers are in lower case. */
export interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const { key: policyKey } = contentSecurityPolicy();
const header = policyKey.toLowerCase();

/**
 * Keeps an answer to `?fresh=` out of every cache: an invalidation names the address without it, and would leave such a copy behind.
 *
 * @param rawQuery as it was sent, without the question mark
 */
export const withoutCopies = <Answer extends PageAnswer>(answer: Answer, rawQuery = ""): Answer =>
  /(^|&)fresh=/.test(rawQuery) ? { ...answer, headers: { ...answer.headers, "cache-control": "no-store" } } : answer;

/**
 * Gives a page the policy that lets exactly its own inline scripts run. It is made from the page's bytes on their way out: a page that
 * is made at request time, since the cache was cold or its content has changed, differs from the one of the build.
 */
export function withPagePolicy<Answer extends PageAnswer>(answer: Answer): Answer {
  const { [header]: policy, ...others } = answer.headers;
  // What a 304 says of a page replaces what is kept with the page, whose policy has hashes that only its body shows.
  if (answer.statusCode === 304) return { ...answer, headers: others };
  if (policy === undefined || !answer.headers["content-type"]?.startsWith("text/html")) return answer;
  const html = Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8").toString();
  const { value } = contentSecurityPolicy(inlineScriptHashes(html), uploadOrigin());
  return { ...answer, headers: { ...others, [header]: value } };
}
