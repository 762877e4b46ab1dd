import { counted } from "./english.ts";

/** Texts of the lists in the sidebar. */
export const listWords = {
  inbox: "Inbox",
  sidebar: "Lists",
  open: (count: number) => `${counted(count, "open item")}`,
  newList: { action: "New list", label: "Name of the new list", placeholder: "Groceries, garden, Japan…" },
  rename: {
    title: "Rename the list",
    label: "Name of the list",
    action: "Rename",
    invalid: "Use 1 to 100 characters for the name.",
    empty: "A list needs a name. Type one to save it.",
  },
  menu: {
    label: (name: string) => `More for the list ${name}`,
    rename: "Rename",
    remove: "Delete list",
    keys: { rename: "F2", remove: "Delete" },
  },
  waiting: "Not saved yet",
  removed: (name: string) => `The list “${name}” is deleted`,
  loading: "Loading your lists…",
  unknown: {
    title: "There is no such list",
    text: "It may have been deleted, or it belongs to another user.",
    action: "Go to the inbox",
  },
} as const;
