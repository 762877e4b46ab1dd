import { session } from "./browser-session.ts";

/*
 * What this browser keeps for whoever is signed in. Only pages with todos, posts or comments load it, so it is fetched when somebody
 * leaves: then it must go from wherever they do so.
 */

/** Opened before somebody leaves: afterwards nobody knows whose data it was. */
export async function openLocalData() {
  const [{ engineOf }, todos, { openDraftsOf }, comments, shell] = await Promise.all([
    import("../sync/current-engine.ts"),
    import("../sync/local-data.ts"),
    import("../writing/drafts/open-drafts.ts"),
    import("../comments/state/comment-drafts.ts"),
    import("../offline/browser-shell.ts"),
  ]);
  const { person } = session.state();
  if (person) engineOf(person.id);
  const openDrafts = person && openDraftsOf(person.id);
  return {
    /** How many changes are not on the server, after a moment in which they could be sent. */
    pendingChanges: async () => {
      const [changes, posts] = await Promise.all([todos.pendingChanges(), openDrafts?.flush() ?? 0]);
      return changes + posts + (person ? comments.countDrafts(person.id) : 0);
    },
    forgetLocalData: async () => {
      await Promise.all([todos.forgetLocalData(), openDrafts?.forget(), shell.forgetShell()]);
      if (person) comments.forgetDrafts(person.id);
    },
  };
}
