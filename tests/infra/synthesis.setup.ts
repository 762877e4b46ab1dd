import { root } from "../../scripts/lib/command.ts";
import { ensurePlatform } from "../../scripts/sst-platform.ts";

/** Installs SST's components from npm, if they are missing. */
export default () => ensurePlatform(root);
