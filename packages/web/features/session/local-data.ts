import { session } from "./browser-session.ts";

/*
 * What this browser keeps for whoever is signed in. Only pages with todos, posts or comments load it, so it is fetched when somebody
 * leaves: then it must go from wherever they do so.
 */

/** Opened before somebody leaves: afterwards nobody knows whose data it was. */
export async function openLocalData() {
  const [{ engineOf }, todos, { deskOf }, comments, shell] = await Promise.all([
    import("../sync/current.ts"),
    import("../sync/local-data.ts"),
    import("../writing/desk.ts"),
    import("../comments/drafts.ts"),
    import("../offline/browser-shell.ts"),
  ]);
  const { person } = session.state();
  if (person) engineOf(person.id);
  const desk = person && deskOf(person.id);
  return {
    /** How many changes are not on the server, after a moment in which they could be sent. */
    pendingChanges: async () => {
      const [changes, posts] = await Promise.all([todos.pendingChanges(), desk?.flush() ?? 0]);
      return changes + posts + (person ? comments.countDrafts(person.id) : 0);
    },
    forgetLocalData: async () => {
      await Promise.all([todos.forgetLocalData(), desk?.forget(), shell.forgetShell()]);
      if (person) comments.forgetDrafts(person.id);
    },
  };
}
