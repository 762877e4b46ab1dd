import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../service-types.ts";
import { connect, type DynamoEngine, DynamoError, EngineUnavailableError } from "./engine.ts";
import type { GuardedChild } from "./guarded-process.ts";

/**
 * Resolves to the engine when it answers. After that, an unexpected exit of its process is logged.
 * @throws EngineUnavailableError if its process exits or does not answer in time
 */
export async function whenReady(options: {
  readonly name: string;
  readonly arnPrefix: string;
  readonly port: number;
  readonly child: GuardedChild;
  readonly timeoutMs: number;
  readonly log: Log;
}): Promise<DynamoEngine> {
  const { name, arnPrefix, port, child, timeoutMs, log } = options;
  const { disconnect, ...client } = connect(port);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= child.stop().finally(disconnect);
    return closing;
  };
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
      if (reason !== undefined && !closing) log.error("dynamodb", `${name} is gone, start again: ${reason}`);
      throw error;
    }
  };
  return { ...client, name, arnPrefix, send, close };
}
