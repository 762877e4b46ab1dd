import { Handle } from "@daybook/core/author/author";
import { PostId } from "@daybook/core/ids";
import { expect, it } from "vitest";
import { actionsFor } from "./actions.ts";
import { commentOf, reader, writer } from "./testing/test-comments.ts";

const post = {
  id: PostId.parse("pst_01KA6V6A1B2C3D4E5F6G7H8J9K"),
  policy: "open" as const,
  author: Handle.parse("maya"),
};
const somebody = { isSignedIn: true, id: reader.id, isAuthor: false };
const author = { isSignedIn: true, id: reader.id, isAuthor: true };
const visible = commentOf("visible");
const pending = commentOf("pending", { state: "pending" });
const reply = commentOf("reply", { parentId: visible.id });

it("readers can reply to top-level comments unless comments are closed", () => {
  expect(actionsFor(visible, somebody, post)).toEqual(["reply"]);
  expect(actionsFor(reply, somebody, post)).toEqual([]);
  expect(actionsFor(visible, somebody, { ...post, policy: "closed" })).toEqual([]);
  expect(actionsFor(visible, { isSignedIn: false, id: undefined, isAuthor: false }, post)).toEqual([]);
});

it("readers can reply before the API has returned their id", () => {
  expect(actionsFor(visible, { isSignedIn: true, id: undefined, isAuthor: false }, post)).toEqual(["reply"]);
});

it("writers can edit and delete their comments, and only delete them once hidden", () => {
  const own = { isSignedIn: true, id: writer.id, isAuthor: false };
  expect(actionsFor(visible, own, post)).toEqual(["reply", "edit", "delete"]);
  expect(actionsFor(pending, own, post)).toEqual(["edit", "delete"]);
  expect(actionsFor(commentOf("hidden", { state: "hidden" }), own, post)).toEqual(["delete"]);
});

it("the post's author moderates all comments except their own", () => {
  expect(actionsFor(pending, author, post)).toEqual(["approve", "hide", "block", "delete"]);
  expect(actionsFor(visible, author, post)).toEqual(["reply", "hide", "block", "delete"]);
  expect(actionsFor(visible, { isSignedIn: true, id: writer.id, isAuthor: true }, post)).toEqual([
    "reply",
    "edit",
    "delete",
  ]);
});

it("deleted comments allow no actions", () => {
  expect(actionsFor(commentOf("", { state: "deleted", author: null }), author, post)).toEqual([]);
});
