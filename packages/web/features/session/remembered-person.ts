import type { Person } from "./session.ts";

/**
 * Who was signed in at the last visit: their todos can be shown before the API has answered, and a page knows whether it is worth to
 * ask for a session at all. It is no secret and proves nothing.
 */
const storageKey = "daybook.person";

export function recallPerson(): Person | undefined {
  try {
    return toPerson(JSON.parse(localStorage.getItem(storageKey) ?? "null"));
  } catch {
    // Storage that is switched off, or that somebody else has written to, remembers nobody.
    return undefined;
  }
}

export function rememberPerson(person: Person | undefined): void {
  try {
    if (person) localStorage.setItem(storageKey, JSON.stringify(person));
    else localStorage.removeItem(storageKey);
  } catch {
    // Storage is full or switched off: the next visit starts without knowing whose it is.
  }
}

function toPerson(stored: unknown): Person | undefined {
  if (typeof stored !== "object" || stored === null || !("id" in stored) || typeof stored.id !== "string") return;
  const email = "email" in stored && typeof stored.email === "string" ? stored.email : undefined;
  const name = "name" in stored && typeof stored.name === "string" ? stored.name : undefined;
  return { id: stored.id, ...(email !== undefined && { email }), ...(name !== undefined && { name }) };
}
