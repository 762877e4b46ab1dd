import { countDrafts, forgetDrafts } from "../comments/state/comment-drafts.ts";
import { openDraftsOf } from "./drafts/open-drafts.ts";

/** The drafts of posts and comments that this browser stores for a user. */
export const localPartOf = (userId: string) => {
  const openDrafts = openDraftsOf(userId);
  return {
    pendingChanges: async () => (await openDrafts.flush()) + countDrafts(userId),
    async forget() {
      await openDrafts.forget();
      forgetDrafts(userId);
    },
  };
};
