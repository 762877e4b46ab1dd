import type { Service } from "../service.ts";
import { ignored, only, supported } from "../support/rules.ts";
import { passwordType } from "./attributes.ts";

/** Values that a program generates, and encryption keys. Nothing of it runs. */
export const program: Service<undefined> = {
  types: {
    [passwordType]: {
      ...supported("length"),
      ...ignored(
        "Passwords always consist of letters and digits.",
        ...["lower", "upper", "number", "numeric", "special"],
      ),
      minLower: only(0),
      minUpper: only(0),
      minNumeric: only(0),
      minSpecial: only(0),
    },
    "aws:kms:Key": "Data is stored unencrypted in the data folder.",
  },
  support: {
    title: "Program",
    implementation: "own",
    supported: ["References between resources", "Generated passwords, which stay the same within a data folder"],
    unsupported: { "Resource types that no service lists": "The log names them." },
  },
  start: () => undefined,
};
