/** Timeout of a request in milliseconds. Longer than the edge waits for the API. */
export const requestTimeoutMs = 40_000;
