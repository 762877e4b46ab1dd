import { accountOperations } from "./account/account.api.ts";
import { secondFactorOperations } from "./account/second-factor.api.ts";
import { sessionOperations } from "./account/session/session.api.ts";
import { authorOperations } from "./author/author.api.ts";
import { commentOperations } from "./comment/comment.api.ts";
import { deletionOperations } from "./lifecycle/deletion.api.ts";
import { emailChangeOperations } from "./lifecycle/email-change.api.ts";
import { listOperations } from "./list/list.api.ts";
import { mediaOperations } from "./media/media.api.ts";
import { postOperations } from "./post/post.api.ts";
import { publishingOperations } from "./post/publishing.api.ts";
import { readingOperations } from "./published/reading.api.ts";
import { systemOperations } from "./system/system.api.ts";
import { todoOperations } from "./todo/todo.api.ts";
import { userOperations } from "./user/user.api.ts";

/**
 * All operations by feature. The handlers of a feature are in the module of the same name. Each handler is named after
 * the operation's id.
 */
export const features = {
  account: accountOperations,
  session: sessionOperations,
  "second-factor": secondFactorOperations,
  user: userOperations,
  "email-change": emailChangeOperations,
  deletion: deletionOperations,
  list: listOperations,
  todo: todoOperations,
  post: postOperations,
  publishing: publishingOperations,
  reading: readingOperations,
  comment: commentOperations,
  media: mediaOperations,
  author: authorOperations,
  system: systemOperations,
} as const;
export type Feature = keyof typeof features;

/** All operations by id. */
export const operations = {
  ...accountOperations,
  ...sessionOperations,
  ...secondFactorOperations,
  ...userOperations,
  ...emailChangeOperations,
  ...deletionOperations,
  ...listOperations,
  ...todoOperations,
  ...postOperations,
  ...publishingOperations,
  ...readingOperations,
  ...commentOperations,
  ...mediaOperations,
  ...authorOperations,
  ...systemOperations,
} as const;
export type OperationId = keyof typeof operations;
