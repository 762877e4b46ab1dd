import { Comment } from "@daybook/core/comment/comment";
import { ReaderId } from "@daybook/core/ids";

const personOf = (digit: string, name: string) => ({
  id: ReaderId.parse(`rdr_${digit.repeat(32)}`),
  name,
  avatar: null,
});
export const writer = personOf("1", "Ada");
export const reader = personOf("2", "Bob");

let made = 0;

/** Returns a comment as the API would. Each is one second newer than the one before. */
export function commentOf(body: string, change: Partial<Comment> = {}): Comment {
  made += 1;
  const createdAt = new Date(Date.parse("2026-11-21T09:30:00Z") + 1_000 * made).toISOString();
  const id = `cmt_01KA6V7B2C3D4E5F6G7H8${String(made).padStart(5, "0")}`;
  return {
    ...Comment.parse({
      ...{ id, url: `https://daybook.example/v1/${id}`, postId: "pst_01KA6V6A1B2C3D4E5F6G7H8J9K", parentId: null },
      ...{ state: "visible", author: writer, byPostAuthor: false, body },
      ...{ editedAt: null, createdAt, updatedAt: createdAt, version: 1 },
    }),
    ...change,
  };
}
