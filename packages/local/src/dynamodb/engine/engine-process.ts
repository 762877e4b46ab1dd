import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { once } from "../../closing.ts";
import { freePorts } from "../../ports.ts";
import type { Log } from "../../service-types.ts";
import { connect, type DynamoEngine, DynamoError, EngineUnavailableError } from "./engine.ts";
import { type GuardedChild, reclaim } from "./guarded-process.ts";

/**
 * Starts an engine's process on a free port, and ends the process that a killed local cloud left on the same files.
 * Resolves to the engine when it answers. After that, an unexpected exit of its process is logged.
 * @param options.marker part of the command line that only processes with the same files have
 * @throws EngineUnavailableError if its process exits or does not answer in time
 */
export async function startEngine(options: {
  readonly name: string;
  readonly arnPrefix: string;
  readonly folder: string;
  readonly marker: string;
  readonly timeoutMs: number;
  readonly log: Log;
  start(port: number, pidFile: string): GuardedChild;
}): Promise<DynamoEngine> {
  const { name, arnPrefix, folder, marker, timeoutMs, log, start } = options;
  const pidFile = path.join(folder, `${name}.pid`);
  const orphan = await reclaim(pidFile, marker);
  if (orphan) log.info("dynamodb", `ended process ${orphan} of a killed local cloud, which used ${marker}`);
  const [port = 0] = await freePorts(1);
  const child = start(port, pidFile);
  const { disconnect, ...client } = connect(port);
  let closing = false;
  const close = once(() => {
    closing = true;
    return child.stop().finally(disconnect);
  });
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await client.call("ListTables", {});
      break;
    } catch (error) {
      const reason = child.ended();
      if (reason === undefined && Date.now() < deadline && !(error instanceof DynamoError)) {
        await delay(5);
        continue;
      }
      await close();
      throw new EngineUnavailableError(`${name} did not start: ${reason ?? String(error)}`, { cause: error });
    }
  }
  const send: DynamoEngine["send"] = async (...request) => {
    try {
      return await client.send(...request);
    } catch (error) {
      const reason = child.ended();
      if (reason !== undefined && !closing)
        log.error("dynamodb", `${name} has exited, restart the local cloud: ${reason}`);
      throw error;
    }
  };
  return { ...client, name, arnPrefix, send, close };
}
