/**
 * Where a browser posts files to: straight to their bucket, which is not on our own origin; it is known when the server runs. Whatever stands
 * in S3's place is found as the SDK finds it.
 */
export function uploadOrigin(): string | undefined {
  const { AWS_ENDPOINT_URL_S3: endpoint, DAYBOOK_UPLOAD_ORIGIN: bucket } = process.env;
  return endpoint === undefined ? bucket : new URL(endpoint).origin;
}
