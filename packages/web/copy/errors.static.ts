/** Text of the last-resort error page, part of every page: it must not import other copy. `errors.ts` has the rest. */
export const plainFailure = "Something went wrong";
