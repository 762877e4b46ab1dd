import { systemClock } from "@daybook/core/clock";
import { removeOldAssets } from "@daybook/core/site/site.assets";
import { s3Assets } from "@daybook/core/site/site.assets.storage";
import { resources } from "../resources.ts";
import { schedule } from "./schedule.ts";

const storage = s3Assets(() => resources.siteAssets().name);

/** Removes files of former builds of the web app. */
export const handler = schedule("removeOldAssets", (hasTime) =>
  removeOldAssets({ clock: systemClock }, { storage, keptDays: resources.siteAssets().keptDays }, hasTime),
);
