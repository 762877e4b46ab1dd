import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";

/** The AWS SDK's signer, against which the signature verification is tested. */
export function signerOf(
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
  service: string,
  region = "eu-west-1",
): SignatureV4 {
  return new SignatureV4({ credentials, region, service, sha256: Sha256, uriEscapePath: service !== "s3" });
}
