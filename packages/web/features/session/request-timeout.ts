/** How long a request may take before its answer counts as lost, in milliseconds: longer than the edge waits for the API. */
export const requestTimeoutMs = 40_000;
