import { randomUUID } from "node:crypto";
import path from "node:path";
import type { ResolvedFunction, ResolvedGraph } from "../../graph/graph.ts";
import type { Log } from "../../service-types.ts";
import type { CodeStore } from "../code/code-store.ts";
import { environmentOf, logGroupOf } from "./environment.ts";
import { type Instance, startInstance } from "./instance.ts";
import { writeOutput } from "./log-lines.ts";
import { startProcess, startThread } from "./runtime-host.ts";

export interface StarterOptions {
  readonly graph: ResolvedGraph;
  readonly code: CodeStore;
  readonly environment: (fn: ResolvedFunction) => Readonly<Record<string, string>>;
  readonly log: Log;
  readonly cacheFolder: string;
  readonly sourceMaps: boolean;
  readonly distributionPort?: number | undefined;
}

/** @returns a function that starts an instance with the current code */
export function functionStarter(options: StarterOptions) {
  const { graph, code, environment, log, cacheFolder, sourceMaps, distributionPort } = options;
  return (fn: ResolvedFunction, onDead: (instance: Instance) => void): Instance => {
    const { folder, file, handler, handlerName, needsProcess } = code.codeOf(fn);
    const logStreamName = `local/[$LATEST]${randomUUID().replaceAll("-", "")}`;
    const startHost = needsProcess ? startProcess : startThread;
    return startInstance({
      timeout: fn.timeout,
      onLog: (level, text, requestId) => writeOutput(log, fn.name, level, text, requestId),
      onReady: (milliseconds, requestId) => log.info(fn.name, `cold start ${milliseconds} ms`, requestId),
      onDead,
      host: (events) =>
        startHost({
          settings: {
            file,
            handler,
            handlerName,
            runtime: fn.runtime,
            functionName: fn.physicalName,
            functionArn: fn.arn,
            memory: fn.memory,
            logGroupName: logGroupOf(fn),
            logStreamName,
            compileCacheFolder: path.join(cacheFolder, "compiled"),
            distributionPort,
          },
          environment: environmentOf(fn, graph, environment(fn), { folder, handlerName, logStreamName }),
          runtimeFile: needsProcess ? code.runtimes.process : code.runtimes.thread,
          folder,
          sourceMaps,
          ...events,
        }),
    });
  };
}
