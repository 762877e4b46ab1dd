import { createHmac } from "node:crypto";
import { uploadFormSeconds } from "./media.limits.ts";

/** The upload bucket, and the credentials that sign the form and authorize the upload. */
export interface UploadTarget {
  /** URL that the form is posted to: `https://<bucket>.s3.<region>.amazonaws.com/`. */
  readonly url: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
}

/** An upload form. The browser posts all fields first, then the file as `file`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Record<string, string>;
  readonly expiresAt: string;
}

/** The only upload that a form permits: one key, one type, one size. */
export interface AllowedUpload {
  readonly key: string;
  readonly type: string;
  readonly bytes: number;
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Signs a form for one upload (POST policy with Signature Version 4). Deterministic for the same time and credentials.
 *
 * @param from start of the form's validity, which lasts ten minutes
 */
export function signUpload({ key, type, bytes }: AllowedUpload, target: UploadTarget, from: Date): UploadForm {
  const { url, bucket, region, credentials } = target;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const expiresAt = new Date(from.getTime() + uploadFormSeconds * 1_000).toISOString();
  const time = from.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const scope = [day, region, "s3", "aws4_request"];
  const fields = {
    key,
    "Content-Type": type,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [accessKeyId, ...scope].join("/"),
    "X-Amz-Date": time,
    ...(sessionToken !== undefined && { "X-Amz-Security-Token": sessionToken }),
  };
  const conditions = [
    { bucket },
    ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    ["content-length-range", bytes, bytes],
  ];
  const policy = Buffer.from(JSON.stringify({ expiration: expiresAt, conditions })).toString("base64");
  const signingKey = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(signingKey, policy).toString("hex");
  return { url, fields: { ...fields, Policy: policy, "X-Amz-Signature": signature }, expiresAt };
}
