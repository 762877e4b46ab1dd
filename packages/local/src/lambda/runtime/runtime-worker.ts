import { parentPort, workerData } from "node:worker_threads";
import { serve } from "./serve.ts";

/** The Lambda runtime in a worker thread. Its settings are the worker's data. */
const port = parentPort;
if (port) {
  await serve(workerData, {
    send(message, sent) {
      port.postMessage(message);
      sent?.();
    },
    onInvocation: (listener) => port.on("message", listener),
  });
}
