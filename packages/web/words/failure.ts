/** All that is said when nothing more can be loaded. It stands alone, for every page carries it. */
export const plainFailure = "Something went wrong";
