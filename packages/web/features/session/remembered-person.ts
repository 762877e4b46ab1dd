import { browserStorage } from "../../lib/browser-storage.ts";
import type { Person } from "./session.ts";

/**
 * Key of the user who was signed in at the last visit. With it, their todos can be shown before the API answers, and
 * visitors without a session cause no request. It is neither secret nor proof of identity.
 */
const storageKey = "daybook.person";

export function recallPerson(): Person | undefined {
  try {
    return toPerson(JSON.parse(browserStorage.read(storageKey) ?? "null"));
  } catch {
    // The data is invalid.
    return undefined;
  }
}

export const rememberPerson = (person: Person | undefined): void =>
  browserStorage.write(storageKey, person && JSON.stringify(person));

function toPerson(stored: unknown): Person | undefined {
  if (typeof stored !== "object" || stored === null || !("id" in stored) || typeof stored.id !== "string") return;
  const email = "email" in stored && typeof stored.email === "string" ? stored.email : undefined;
  const name = "name" in stored && typeof stored.name === "string" ? stored.name : undefined;
  return { id: stored.id, ...(email !== undefined && { email }), ...(name !== undefined && { name }) };
}
