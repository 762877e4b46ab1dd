import type { CommentId, ListId } from "./ids.ts";
import { ulidForm } from "./ulid-form.ts";

const listIdForm = ulidForm("lst");

/**
 * Returns whether a text has the form of a list id. For code that does not load the schemas, which check the same form.
 */
export const isListId = (text: string): text is ListId => listIdForm.test(text);

// #region blog
const commentIdForm = ulidForm("cmt");

/** Returns whether a text has the form of a comment id. */
export const isCommentId = (text: string): text is CommentId => commentIdForm.test(text);
// #endregion blog
