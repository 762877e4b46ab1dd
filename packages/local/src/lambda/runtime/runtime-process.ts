import { Worker } from "node:worker_threads";
import type { RuntimeSettings } from "./messages.ts";
import { serve } from "./serve.ts";

/** File descriptor that closes when the parent process ends. */
const parent = 4;

const settings: RuntimeSettings = JSON.parse(process.argv[2] ?? "{}");

/**
 * Waits for the parent's end in a separate thread, because a handler in an endless loop blocks the event loop. The
 * thread also checks the memory of the whole process. V8 limits only its heap, not native memory such as that of
 * images.
 */
const watchdog = `
const { Socket } = require("node:net");
const end = () => process.kill(process.pid, "SIGKILL");
new Socket({ fd: ${parent}, readable: true }).on("error", end).on("close", end).resume();
setInterval(() => process.memoryUsage.rss() > ${settings.memory * 1024 * 1024} && end(), 50);
`;

/**
 * The Lambda runtime in a separate process, for bundles that change their working directory or hold native memory. Its
 * settings are the first argument. It ends with its parent process, even if the parent is killed or the handler is
 * busy.
 */
new Worker(watchdog, { eval: true, env: {}, execArgv: [] }).unref();
process.on("disconnect", () => process.exit());
// Ctrl-C signals every process of the terminal. Requests in flight end when the local cloud shuts down.
process.on("SIGINT", () => {});
await serve(settings, {
  send: (message, sent) => process.send?.(message, undefined, undefined, () => sent?.()),
  onInvocation: (listener) => process.on("message", listener),
});
