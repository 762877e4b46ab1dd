import { ulid } from "ulid";
import * as z from "zod";
import type { Clock } from "./clock.ts";
import { ulidForm } from "./ulid-form.ts";

/** A user id: `usr_` and the `sub` of the user pool, which never changes. */
export const UserId = z
  .string()
  .regex(/^usr_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .meta({ example: "usr_9f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f" })
  .brand<"UserId">();
export type UserId = z.output<typeof UserId>;

/** Returns the schema of a prefix and a ULID, such as `lst_01KA6V3Y6M8Q2T4N5P7R9S0WXZ`. Sorts by creation time. */
const sortableId = (prefix: string, example: string) =>
  z
    .string()
    .regex(ulidForm(prefix))
    .meta({ example: `${prefix}_${example}` });

export const ListId = sortableId("lst", "01KA6V3Y6M8Q2T4N5P7R9S0WXZ").brand<"ListId">();
export type ListId = z.output<typeof ListId>;

export const TodoId = sortableId("tod", "01KA6V4C1D2E3F4G5H6J7K8M9N").brand<"TodoId">();
export type TodoId = z.output<typeof TodoId>;

export const SessionId = sortableId("ses", "01KA6V5Q7R8S9T0V1W2X3Y4Z5A").brand<"SessionId">();
export type SessionId = z.output<typeof SessionId>;

export const MediaId = sortableId("med", "01KA6V8C3D4E5F6G7H8J9K0M1N").brand<"MediaId">();
export type MediaId = z.output<typeof MediaId>;

export const newListId = (clock: Clock): ListId => ListId.parse(`lst_${ulid(clock.now().getTime())}`);
export const newTodoId = (clock: Clock): TodoId => TodoId.parse(`tod_${ulid(clock.now().getTime())}`);
export const newSessionId = (clock: Clock): SessionId => SessionId.parse(`ses_${ulid(clock.now().getTime())}`);
export const newMediaId = (clock: Clock): MediaId => MediaId.parse(`med_${ulid(clock.now().getTime())}`);

/** @throws ZodError when `sub` is not a UUID, which Cognito assigns to every user. */
export const userIdOf = (sub: string): UserId => UserId.parse(`usr_${sub}`);

// #region blog
/**
 * Public id of a user: `rdr_` and 128 bits in hexadecimal. It is the same wherever the user appears, and the `sub`
 * cannot be derived from it. `readerIdOf` computes it.
 */
export const ReaderId = z
  .string()
  .regex(/^rdr_[0-9a-f]{32}$/)
  .meta({ example: "rdr_5f2b8c1d9e3a4706b1c2d3e4f5a60718" })
  .brand<"ReaderId">();
export type ReaderId = z.output<typeof ReaderId>;

export const PostId = sortableId("pst", "01KA6V6A1B2C3D4E5F6G7H8J9K").brand<"PostId">();
export type PostId = z.output<typeof PostId>;

export const CommentId = sortableId("cmt", "01KA6V7B2C3D4E5F6G7H8J9K0M").brand<"CommentId">();
export type CommentId = z.output<typeof CommentId>;

export const newPostId = (clock: Clock): PostId => PostId.parse(`pst_${ulid(clock.now().getTime())}`);
export const newCommentId = (clock: Clock): CommentId => CommentId.parse(`cmt_${ulid(clock.now().getTime())}`);
// #endregion blog
