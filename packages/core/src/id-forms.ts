import type { CommentId, ListId } from "./ids.ts";

const ulidPattern = "[0-9A-HJKMNP-TV-Z]{26}";

/** Matches a prefix and a ULID, such as `lst_01KA6V3Y6M8Q2T4N5P7R9S0WXZ`. Sorts by creation time. */
export const ulidForm = (prefix: string) => new RegExp(`^${prefix}_${ulidPattern}$`);

const listIdForm = ulidForm("lst");

/**
 * Returns whether a text has the form of a list id. For code that does not load the schemas, which check the same form.
 */
export const isListId = (text: string): text is ListId => listIdForm.test(text);

const commentIdForm = ulidForm("cmt");

/** Returns whether a text has the form of a comment id. */
export const isCommentId = (text: string): text is CommentId => commentIdForm.test(text);
