import { systemClock } from "@daybook/core/clock";
import { removeOrphans } from "@daybook/core/orphan/orphan.service";
import "../database.ts";
import { schedule } from "./schedule.ts";

/** Removes uploads that nothing uses. */
export const handler = schedule("removeOrphans", async (hasTime) => ({
  ...(await removeOrphans(systemClock, hasTime)),
}));
