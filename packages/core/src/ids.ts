import { ulid } from "ulid";
import * as z from "zod";
import type { Clock } from "./clock.ts";

const ulidPattern = "[0-9A-HJKMNP-TV-Z]{26}";

/** A user's id: `usr_` and the `sub` of the user pool, which never changes. */
export const UserId = z
  .string()
  .regex(/^usr_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .brand<"UserId">();
export type UserId = z.output<typeof UserId>;

/** `lst_` and a ULID: sortable by creation. */
export const ListId = z
  .string()
  .regex(new RegExp(`^lst_${ulidPattern}$`))
  .brand<"ListId">();
export type ListId = z.output<typeof ListId>;

/** `tod_` and a ULID: sortable by creation. */
export const TodoId = z
  .string()
  .regex(new RegExp(`^tod_${ulidPattern}$`))
  .brand<"TodoId">();
export type TodoId = z.output<typeof TodoId>;

/** `ses_` and a ULID: sortable by creation. */
export const SessionId = z
  .string()
  .regex(new RegExp(`^ses_${ulidPattern}$`))
  .brand<"SessionId">();
export type SessionId = z.output<typeof SessionId>;

export const newListId = (clock: Clock): ListId => ListId.parse(`lst_${ulid(clock.now().getTime())}`);
export const newTodoId = (clock: Clock): TodoId => TodoId.parse(`tod_${ulid(clock.now().getTime())}`);
export const newSessionId = (clock: Clock): SessionId => SessionId.parse(`ses_${ulid(clock.now().getTime())}`);

/** @throws ZodError when `sub` is not the UUID that Cognito gives every user. */
export const userIdOf = (sub: string): UserId => UserId.parse(`usr_${sub}`);
