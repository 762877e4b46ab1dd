import type { Feature, features } from "@daybook/core/api";
import type { OperationHandler } from "./http/handle.ts";

type Modules = {
  account: typeof import("./account.ts");
  session: typeof import("./session.ts");
  "second-factor": typeof import("./second-factor.ts");
  user: typeof import("./user.ts");
  "email-change": typeof import("./email-change.ts");
  deletion: typeof import("./deletion.ts");
  list: typeof import("./list.ts");
  todo: typeof import("./todo.ts");
  comment: typeof import("./comment.ts");
  media: typeof import("./media.ts");
  post: typeof import("./post.ts");
  publishing: typeof import("./publishing.ts");
  reading: typeof import("./reading.ts");
  author: typeof import("./author.ts");
  system: typeof import("./system.ts");
};

/** Functions of the API that are not operations. */
type Beside = { system: "routeNotFound" };

type Handlers<F extends Feature> = { [Id in keyof (typeof features)[F] & string]: OperationHandler<Id> };
type Own<F extends Feature> = Omit<Modules[F], F extends keyof Beside ? Beside[F] : never>;

/** A message for each export of a feature's module that does not match the feature's operations. */
type Mismatch = {
  [F in Feature]:
    | `${Exclude<keyof Handlers<F>, keyof Own<F>>} has no handler in ${F}.ts`
    | `${Exclude<keyof Own<F> & string, keyof Handlers<F>>} in ${F}.ts is not an operation of its contract`
    | {
        [Id in keyof Handlers<F> & keyof Own<F>]: Own<F>[Id] extends Handlers<F>[Id]
          ? never
          : `${Id} in ${F}.ts handles another operation`;
      }[keyof Handlers<F> & keyof Own<F>];
}[Feature];

/** Fails to compile when a module does not match its operations. The error names the operation. */
export const everyOperationHasItsHandler: Readonly<Record<Mismatch, never>> = {};
