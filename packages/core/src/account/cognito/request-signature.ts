import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";

/** The region and the credentials of the function's role. */
export interface AwsAccess {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
}

/** Returns the headers of a POST to Cognito, signed by the SDK's signer (AWS Signature Version 4). */
export async function signed(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { region, credentials: { accessKeyId, secretAccessKey, sessionToken } }: AwsAccess,
): Promise<Record<string, string>> {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  const signer = new SignatureV4({ service: "cognito-idp", region, credentials, sha256: Sha256 });
  const request = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { ...headers, host: url.host },
    body,
  });
  // `fetch` sets the `host` header itself, from the same URL.
  const { host: _, ...sent } = request.headers;
  return sent;
}
