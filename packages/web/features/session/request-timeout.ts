/** Timeout of a request in milliseconds. It is longer than the edge waits for the API. */
export const requestTimeoutMs = 40_000;
