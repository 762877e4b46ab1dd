import { serve } from "./runtime.ts";

/**
 * The Lambda runtime in a process of its own, for bundles that change their working directory or hold native memory.
 * Its settings are its argument. It ends when its parent does, however that ends.
 */
process.on("disconnect", () => process.exit());
// Ctrl-C reaches every process of the terminal; requests in flight end when the local cloud says so.
process.on("SIGINT", () => {});
await serve(JSON.parse(process.argv[2] ?? "{}"), {
  send: (message, sent) => process.send?.(message, undefined, undefined, () => sent?.()),
  onInvocation: (listener) => process.on("message", listener),
});
