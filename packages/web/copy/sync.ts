import { listed } from "./english.ts";

/** Texts about saving, and about changes that could not be saved. */
const attempted = {
  "create-list": "made",
  "rename-list": "renamed",
  "remove-list": "deleted",
  "create-todo": "added",
  "edit-todo": "changed",
  "remove-todo": "deleted",
} as const;

/** The parts of a todo that two people can change differently. */
const parts = {
  title: "title",
  notes: "notes",
  dueDate: "due date",
  priority: "priority",
  tags: "tags",
} as const;

export const syncWords = {
  attempted,
  parts,
  empty: "(empty)",
  noDate: "no date",
  failed: (done: string, title: string, reason: string) => `“${title}” could not be ${done}. ${reason}`,
  changedTodo: (title: string, changed: readonly string[]) =>
    `The ${listed(changed)} of “${title}” also changed on another device.`,
  renamedList: (name: string) => `The list “${name}” was also renamed on another device.`,
  changedWhileRemoved: (title: string) => `“${title}” changed on another device while you deleted it.`,
  missingTodo: (title: string) => `“${title}”, which you changed, was deleted on another device.`,
  missingList: (title: string) => `The list of “${title}” was deleted elsewhere.`,
  missingOwnList: (name: string) => `The list “${name}”, which you renamed, was deleted on another device.`,
  unreadable:
    "Another version of the app stored this change, and this version can’t read it. Copy what you need, then discard it.",
  tryAgain: "Try again",
  discard: "Discard",
  keepMine: "Keep mine",
  keepTheirs: "Keep theirs",
  keepBoth: "Keep both, as two todos",
  removeAnyway: "Delete anyway",
  keepIt: "Keep it",
  addAgain: "Add it again",
  addToInbox: "Add it to the inbox",
  makeAgain: "Make it again",
} as const;
