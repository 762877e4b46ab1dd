const prefixOf = (userId: string) => `daybook.typed.${userId}.`;

/** The unsubmitted text of a list's new-todo field; empty if there is none. */
export function loadNewTodoDraft(userId: string, list: string): string {
  try {
    return localStorage.getItem(prefixOf(userId) + list) ?? "";
  } catch {
    return "";
  }
}

/** Keeps it with each keystroke; an empty text is forgotten. */
export function saveNewTodoDraft(userId: string, list: string, text: string): void {
  try {
    if (text.trim() === "") localStorage.removeItem(prefixOf(userId) + list);
    else localStorage.setItem(prefixOf(userId) + list, text);
  } catch {
    // Storage is full or switched off: the text lasts as long as the page.
  }
}

/** Forgets all of them, for somebody who leaves this browser. */
export function deleteNewTodoDrafts(userId: string): void {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefixOf(userId)));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // There is no storage.
  }
}
