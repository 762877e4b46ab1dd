/**
 * Headers that CloudFront sets on each request to the API. Both replace what a client sends under the same name.
 * The API trusts the address only beside a valid secret.
 */
export const originSecretHeader = "x-daybook-origin-secret";
export const clientAddressHeader = "x-daybook-client-address";

/** Carries the secret of `/revalidate`: CloudFront replaces `Authorization` where it signs requests to the site's server. */
export const revalidationSecretHeader = "x-daybook-revalidation-secret";
