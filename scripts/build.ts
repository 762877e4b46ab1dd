import { run } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";

await run(() => buildWeb({ force: true }));
