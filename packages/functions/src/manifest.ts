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

/** Functions of the API that are no operation. */
type Beside = { system: "routeNotFound" };

type Handlers<F extends Feature> = { [Id in keyof (typeof features)[F] & string]: OperationHandler<Id> };
type Own<F extends Feature> = Omit<Modules[F], F extends keyof Beside ? Beside[F] : never>;

/**
 * The features whose module does not export exactly the handlers of its operations: one is missing, one belongs to another
 * operation, or there is one too many.
 */
type Wrong = {
  [F in Feature]: Own<F> extends Handlers<F> ? (keyof Own<F> extends keyof Handlers<F> ? never : F) : F;
}[Feature];

/** Does not compile when a feature is wrong; the error names it. */
export const everyOperationHasItsHandler: [Wrong] extends [never] ? true : Wrong = true;
