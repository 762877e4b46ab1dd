import type { CommentId, ListId } from "./ids.ts";

const ulidPattern = "[0-9A-HJKMNP-TV-Z]{26}";

/** A prefix and a ULID: sortable by creation. */
export const ulidForm = (prefix: string) => new RegExp(`^${prefix}_${ulidPattern}$`);

const listIdForm = ulidForm("lst");

/** Whether a text has the form of a list's id; the schema says the same where there is one at hand. */
export const isListId = (text: string): text is ListId => listIdForm.test(text);

const commentIdForm = ulidForm("cmt");

/** The same for a comment's id. */
export const isCommentId = (text: string): text is CommentId => commentIdForm.test(text);
