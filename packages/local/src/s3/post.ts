import { ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import { signatureOf } from "../iam/sigv4.ts";
import type { Principal, Principals } from "../service-types.ts";
import { formOf, type UploadForm } from "./form.ts";
import type { StoredObject } from "./objects.ts";
import { checkPolicy, postPolicyOf } from "./post-policy.ts";
import { element } from "./xml.ts";

/** An upload by form that its policy allows and a principal has signed. */
export interface PostedUpload {
  readonly principal: Principal;
  readonly key: string;
  readonly file: Buffer;
  /** The fields as headers of an equivalent PUT. */
  readonly headers: Readonly<Record<string, string>>;
}

const denied = () => new ServiceError(403, "AccessDenied", "Access Denied");

const missing = (name: string) =>
  new ServiceError(
    400,
    "InvalidArgument",
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    { ArgumentName: name, ArgumentValue: "" },
  );

/**
 * Returns the principal that signed the policy.
 * @throws ServiceError
 */
function signerOf({ fields }: UploadForm, policy: string, principals: Principals, region: string): Principal {
  const field = (name: string) => {
    const value = fields.get(name.toLowerCase());
    if (value === undefined) throw missing(name);
    return value;
  };
  if (fields.has("awsaccesskeyid") || field("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256")
    throw new ServiceError(
      400,
      "InvalidRequest",
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    );
  const [accessKeyId = "", day = "", where, service, end] = field("X-Amz-Credential").split("/");
  if (where !== region || service !== "s3" || end !== "aws4_request" || !field("X-Amz-Date").startsWith(day))
    throw new ServiceError(
      400,
      "AuthorizationQueryParametersError",
      `Error parsing the X-Amz-Credential parameter; it should be <key>/<day>/${region}/s3/aws4_request with the day of X-Amz-Date`,
    );
  const principal = principals.get(accessKeyId);
  if (!principal)
    throw new ServiceError(
      403,
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
    );
  const signature = signatureOf(principal.secretAccessKey, { day, region, service }, policy);
  if (signature !== field("X-Amz-Signature"))
    throw new ServiceError(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  return principal;
}

/**
 * Parses an upload by form and checks its policy. A form without a policy is anonymous, and no bucket allows anonymous
 * uploads.
 * @throws ServiceError
 */
export function postedUpload(
  { bucket, contentType, body }: { readonly bucket: string; readonly contentType: string; readonly body: Uint8Array },
  principals: Principals,
  region: string,
): PostedUpload {
  const form = formOf(contentType, body);
  const wanted = form.fields.get("key");
  if (!wanted) throw missing("key");
  const policy = form.fields.get("policy");
  if (policy === undefined) throw denied();
  const principal = signerOf(form, policy, principals, region);
  const key = wanted.replaceAll(/\$\{filename\}/g, () => form.filename);
  const fields = new Map([...form.fields, ["key", key], ["bucket", bucket]]);
  checkPolicy(postPolicyOf(policy), fields, form.file.length);
  const acl = form.fields.get("acl");
  if ((acl !== undefined && acl !== "private") || form.fields.has("tagging"))
    throw new ServiceError(501, "NotImplemented", "The local S3 supports neither ACLs nor tags.");
  return { principal, key, file: form.file, headers: Object.fromEntries(form.fields) };
}

function redirectOf(target: string | undefined, bucket: string, { key, etag }: StoredObject): string | undefined {
  if (target === undefined || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  for (const [name, value] of Object.entries({ bucket, key, etag })) url.searchParams.set(name, value);
  return url.href;
}

/** Returns the response that a form requests after its file was stored. */
export function postAnswer(
  { headers }: PostedUpload,
  bucket: string,
  object: StoredObject,
  origin: string,
): ServiceResponse {
  const { key, etag } = object;
  const redirect = redirectOf(headers.success_action_redirect ?? headers.redirect, bucket, object);
  if (redirect !== undefined) return { status: 303, headers: { location: redirect, etag } };
  const location = `${origin}/${bucket}/${encodeURIComponent(key)}`;
  const answered = { etag, location };
  const wanted = headers.success_action_status;
  if (wanted === "200") return { status: 200, headers: answered };
  if (wanted !== "201") return { status: 204, headers: answered };
  const content = Object.entries({ Location: location, Bucket: bucket, Key: key, ETag: etag });
  return {
    status: 201,
    headers: { ...answered, "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${content.map(([name, value]) => element(name, value)).join("")}</PostResponse>`,
  };
}
