import type { Feature, features } from "@daybook/core/api";
import type * as account from "./account.ts";
import type * as author from "./author.ts";
import type * as comment from "./comment.ts";
import type { OperationHandler } from "./http/handle.ts";
import type * as list from "./list.ts";
import type * as media from "./media.ts";
import type * as post from "./post.ts";
import type * as publishing from "./publishing.ts";
import type * as reading from "./reading.ts";
import type * as system from "./system.ts";
import type * as todo from "./todo.ts";
import type * as user from "./user.ts";

type Modules = {
  account: typeof account;
  user: typeof user;
  list: typeof list;
  todo: typeof todo;
  comment: typeof comment;
  media: typeof media;
  post: typeof post;
  publishing: typeof publishing;
  reading: typeof reading;
  author: typeof author;
  system: typeof system;
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
