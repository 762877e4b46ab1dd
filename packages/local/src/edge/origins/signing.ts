import { createHash, randomBytes } from "node:crypto";
import { type OriginRequest, type OriginResponse, plainResponse } from "./origin.ts";

/** Defines which requests CloudFront signs with an origin access control. */
export type SigningBehavior = "always" | "never" | "no-override";

/**
 * Returns the headers of a signed request. They replace the viewer's `Authorization`. The signature is a placeholder,
 * because the local origins trust the edge.
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html
 */
export function signedHeaders(
  headers: Readonly<Record<string, string>>,
  { service, region, now }: { readonly service: string; readonly region: string; readonly now: Date },
): Record<string, string> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `LOCALEDGE/${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const signature = randomBytes(32).toString("hex");
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
    "x-amz-date": time,
  };
}

/** Whether CloudFront signs a request with these headers. */
export const isSigned = (behavior: SigningBehavior, headers: Readonly<Record<string, string>>): boolean =>
  behavior === "always" || (behavior === "no-override" && headers.authorization === undefined);

/** A path that Signature Version 4 does not encode, so that no two implementations can sign it differently. */
const unreservedPath = /^[\w/.~-]*$/;

/**
 * Returns the refusal of a function URL with IAM authorization, or `undefined` if it accepts the request.
 *
 * - Lambda requires a signed payload, and CloudFront signs the hash that the viewer sent. Therefore, a body needs
 *   `x-amz-content-sha256`.
 * - CloudFront and Lambda may encode other characters of a path differently before they sign it. AWS does not document
 *   which ones work, and users report paths with `%20` and `+` that do not.
 * @see https://github.com/aws-samples/image-optimization/issues/44
 */
export function functionUrlRefusal(
  { signed = false, headers, url }: Pick<OriginRequest, "signed" | "headers" | "url">,
  body: Buffer,
): OriginResponse | undefined {
  if (!signed) return jsonRefusal("AccessDeniedException", { Message: "Forbidden" });
  const hash = createHash("sha256").update(body).digest("hex");
  const isHashed = body.length === 0 || headers["x-amz-content-sha256"] === hash;
  if (isHashed && unreservedPath.test(url.split("?")[0] ?? "/")) return undefined;
  return jsonRefusal("InvalidSignatureException", { message: mismatch });
}

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. " +
  "Consult the service documentation for details.";

const jsonRefusal = (type: string, body: object): OriginResponse =>
  plainResponse(403, JSON.stringify(body), { "content-type": "application/json", "x-amzn-errortype": type });
