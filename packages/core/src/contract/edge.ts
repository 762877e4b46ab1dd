import * as brand from "../brand.ts";

/**
 * Headers that CloudFront sets on each request to the API. CloudFront replaces client headers with these names. The API
 * trusts the client address only if the secret is valid.
 */
export const originSecretHeader = `x-${brand.id}-origin-secret`;
export const clientAddressHeader = `x-${brand.id}-client-address`;
