/**
 * Returns the origin that browsers upload files to: the bucket's, which is known at run time only. A stand-in for S3 is
 * found by the same variable that the AWS SDK reads.
 */
export function uploadOrigin(): string | undefined {
  const { AWS_ENDPOINT_URL_S3: endpoint, DAYBOOK_UPLOAD_ORIGIN: bucket } = process.env;
  return endpoint === undefined ? bucket : new URL(endpoint).origin;
}
