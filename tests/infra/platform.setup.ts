import { root } from "../../scripts/lib/command.ts";
import { ensurePlatform } from "../../scripts/sst-platform.ts";

/** SST's own components, from npm; a no-op when they are there. */
export default () => ensurePlatform(root);
