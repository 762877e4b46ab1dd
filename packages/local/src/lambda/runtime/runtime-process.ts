import { Worker } from "node:worker_threads";
import type { RuntimeSettings } from "./messages.ts";
import { serve } from "./serve.ts";

/** The file descriptor that closes when the parent ends. */
const parent = 4;

const settings: RuntimeSettings = JSON.parse(process.argv[2] ?? "{}");

/**
 * A handler in an endless loop hears no event, so a thread of its own waits for the parent's end. It also looks at the memory of the
 * whole process: V8 counts its own heap alone, and not what images, for one, take beside it.
 */
const watchdog = `
const { Socket } = require("node:net");
const end = () => process.kill(process.pid, "SIGKILL");
new Socket({ fd: ${parent}, readable: true }).on("error", end).on("close", end).resume();
setInterval(() => process.memoryUsage.rss() > ${settings.memory * 1024 * 1024} && end(), 50);
`;

/**
 * The Lambda runtime in a process of its own, for bundles that change their working directory or hold native memory.
 * Its settings are its argument. It ends when its parent does, however that ends and whatever it is doing.
 */
new Worker(watchdog, { eval: true, env: {}, execArgv: [] }).unref();
process.on("disconnect", () => process.exit());
// Ctrl-C reaches every process of the terminal; requests in flight end when the local cloud says so.
process.on("SIGINT", () => {});
await serve(settings, {
  send: (message, sent) => process.send?.(message, undefined, undefined, () => sent?.()),
  onInvocation: (listener) => process.on("message", listener),
});
