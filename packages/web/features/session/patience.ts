/** How long a request may take before its answer counts as lost, in milliseconds: longer than the edge waits for the API. */
export const patienceMs = 40_000;
