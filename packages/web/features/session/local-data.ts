import { session } from "./browser-session.ts";

/*
 * What this browser keeps for whoever is signed in. Only pages with todos load it, so it is fetched when somebody leaves: then it must go
 * from wherever they do so.
 */

/** Opened before somebody leaves: afterwards nobody knows whose data it was. */
export async function openLocalData() {
  const [{ engineOf }, { pendingChanges, forgetLocalData }] = await Promise.all([
    import("../sync/current.ts"),
    import("../sync/local-data.ts"),
  ]);
  const { person } = session.state();
  if (person) engineOf(person.id);
  return { pendingChanges, forgetLocalData };
}
