import { engineOf } from "../sync/engine-of-user.ts";
import { newTodoDrafts } from "./new-todo-draft.ts";

/** The todos that this browser stores for a user. */
export const localPartOf = (userId: string) => {
  const engine = engineOf(userId);
  return {
    pendingChanges: () => engine.flush(),
    async forget() {
      await engine.forget();
      newTodoDrafts(userId).clear();
    },
  };
};
