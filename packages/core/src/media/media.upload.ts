import { createHmac } from "node:crypto";
import { uploadFormSeconds } from "./media.limits.ts";

/** The bucket that uploads are posted to, and whose permission it is: the one that signs the form. */
export interface UploadTarget {
  /** Where the bucket takes forms: `https://<bucket>.s3.<region>.amazonaws.com/`. */
  readonly url: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
}

/** A form that a browser posts a file with: all fields first, the file last, as `file`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Record<string, string>;
  readonly expiresAt: string;
}

/** What a form lets through: one key, one type, one size. */
export interface AllowedUpload {
  readonly key: string;
  readonly type: string;
  readonly bytes: number;
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Signs a form for one upload (Signature Version 4, the policy of a POST). The same moment and credentials make the same form.
 *
 * @param from when the form begins to hold; it does for ten minutes
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
