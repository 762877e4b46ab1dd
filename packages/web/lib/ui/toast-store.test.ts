import { expect, it, vi } from "vitest";
import { dismissToast, settleToasts, showToast } from "./toast-store.ts";

it("does what waits for a toast to go when the page is hidden, unless its undo works afterwards, too", () => {
  const [comment, todo, plain] = [vi.fn(), vi.fn(), vi.fn()];
  const action = { name: "Undo", run: () => {} };
  showToast({ text: "The comment is deleted", action, onGone: comment });
  const lasting = showToast({ text: "The todo is deleted", action, onGone: todo, outlivesHiding: true });
  showToast({ text: "Saved", onGone: plain });
  settleToasts();
  settleToasts();
  expect([comment.mock.calls.length, todo.mock.calls.length, plain.mock.calls.length]).toEqual([1, 0, 0]);
  dismissToast(lasting);
  expect(todo).toHaveBeenCalledOnce();
});
