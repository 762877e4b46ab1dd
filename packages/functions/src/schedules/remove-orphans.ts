import { systemClock } from "@daybook/core/clock";
import { removeOrphans } from "@daybook/core/orphan/orphan.service";
import "../database.ts";
import { schedule } from "./schedule.ts";

/** Removes unused uploads. */
export const handler = schedule("removeOrphans", (hasTime) => removeOrphans({ clock: systemClock }, hasTime));
