import { passwordType } from "../graph/attributes.ts";
import { carriedOut, only, type Rules, withoutEffect } from "./rules.ts";

/** Rules for values that a program generates. */
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
