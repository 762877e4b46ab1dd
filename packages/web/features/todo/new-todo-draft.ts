const prefixOf = (userId: string) => `daybook.typed.${userId}.`;

/** The unsubmitted text of a list's new-todo field; empty if there is none. */
export function loadNewTodoDraft(userId: string, list: string): string {
  try {
    return localStorage.getItem(prefixOf(userId) + list) ?? "";
  } catch {
    return "";
  }
}

/** Saves the text on each keystroke. An empty text deletes the draft. */
export function saveNewTodoDraft(userId: string, list: string, text: string): void {
  try {
    if (text.trim() === "") localStorage.removeItem(prefixOf(userId) + list);
    else localStorage.setItem(prefixOf(userId) + list, text);
  } catch {
    // If storage is full or disabled, the text lasts only as long as the page.
  }
}

/** Deletes all drafts of a user who signs out. */
export function deleteNewTodoDrafts(userId: string): void {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefixOf(userId)));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // Storage is not available.
  }
}
