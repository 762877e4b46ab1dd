import { LocalTexts } from "../../lib/offline/local-texts.ts";

const textsOf = (userId: string) => new LocalTexts(`daybook.typed.${userId}.`);

/** The unsubmitted text of a list's new-todo field; empty if there is none. */
export const loadNewTodoDraft = (userId: string, list: string): string => textsOf(userId).get(list) ?? "";

/** Saves the text on each keystroke. An empty text deletes the draft. */
export const saveNewTodoDraft = (userId: string, list: string, text: string): void =>
  textsOf(userId).set(list, text.trim() === "" ? undefined : text);

/** Deletes all drafts of a user who signs out. */
export const deleteNewTodoDrafts = (userId: string): void => textsOf(userId).clear();
