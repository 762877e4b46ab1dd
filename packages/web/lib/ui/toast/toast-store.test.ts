import { expect, it, vi } from "vitest";
import { dismissToast, newestAction, settleToasts, showToast } from "./toast-store.ts";

it("commits pending actions when the page is hidden, unless their undo outlives it", () => {
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

it("returns the newest transient action for undo, never that of a lasting toast", () => {
  const action = { name: "Undo", run: () => {} };
  const removed = showToast({ text: "Deleted", action });
  const version = showToast({ text: "A new version is ready.", action: { ...action, name: "Reload" }, lasting: true });
  expect(newestAction()?.id).toBe(removed);
  dismissToast(removed);
  expect(newestAction()).toBeUndefined();
  dismissToast(version);
});
