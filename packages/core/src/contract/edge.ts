/**
 * Headers that CloudFront sets on each request to the API. Both replace what a client sends under the same name.
 * The API trusts the address only beside a valid secret.
 */
export const originSecretHeader = "x-daybook-origin-secret";
export const clientAddressHeader = "x-daybook-client-address";
