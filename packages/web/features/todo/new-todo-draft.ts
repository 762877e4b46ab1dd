import { LocalTexts } from "../../lib/offline/local-texts.ts";

/** The unsubmitted texts of a user's new-todo fields, by the key of the list. */
export const newTodoDrafts = (userId: string): LocalTexts => new LocalTexts(`daybook.typed.${userId}.`);
