import { session } from "./browser-session.ts";

/*
 * Data that this browser stores for the signed-in user. The modules that store it are loaded when the user signs out,
 * because only some pages use them, and sign-out must delete all data from any page.
 */

/** Opens the local data. Call it before signing out, because afterwards the user is unknown. */
export async function openLocalData() {
  const [{ engineOf }, { newTodoDrafts }, { openDraftsOf }, comments, shell] = await Promise.all([
    import("../sync/engine-of-user.ts"),
    import("../todo/new-todo-draft.ts"),
    import("../writing/drafts/open-drafts.ts"),
    import("../comments/state/comment-drafts.ts"),
    import("../offline/browser-shell.ts"),
  ]);
  const { person } = session.state();
  const engine = person && engineOf(person.id);
  const openDrafts = person && openDraftsOf(person.id);
  return {
    /** Returns the number of changes that the server does not have, after a short wait for sending them. */
    pendingChanges: async () => {
      const [changes, posts] = await Promise.all([engine?.flush() ?? 0, openDrafts?.flush() ?? 0]);
      return changes + posts + (person ? comments.countDrafts(person.id) : 0);
    },
    forgetLocalData: async () => {
      await Promise.all([engine?.forget(), openDrafts?.forget(), shell.forgetShell()]);
      if (!person) return;
      newTodoDrafts(person.id).clear();
      comments.forgetDrafts(person.id);
    },
  };
}
