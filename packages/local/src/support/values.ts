import { passwordType } from "../graph/attributes.ts";
import { carriedOut, only, type Rules, withoutEffect } from "./rules.ts";

/** What a program makes up by itself. */
export const values: Readonly<Record<string, Rules>> = {
  [passwordType]: {
    ...carriedOut("length"),
    ...withoutEffect("letters and digits are all there is", "lower", "upper", "number", "numeric", "special"),
    minLower: only(0),
    minUpper: only(0),
    minNumeric: only(0),
    minSpecial: only(0),
  },
};
