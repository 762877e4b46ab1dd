/** The context of an invocation, as far as handlers read it. */
export const context = {
  awsRequestId: "bench",
  functionName: "bench",
  getRemainingTimeInMillis: () => 10_000,
};
