import { randomBytes, randomUUID } from "node:crypto";
import os from "node:os";
import path from "node:path";
import type { ResolvedFunction } from "../graph/graph.ts";
import type { Ground } from "../service.ts";
import type { Emulator, FunctionError, InvokeResult, Invoker } from "../service-types.ts";
import { openCodeStore } from "./code/code-store.ts";
import { createAccountConcurrency } from "./instances/account-concurrency.ts";
import { functionStarter } from "./instances/function-starter.ts";
import { createIdleList } from "./instances/idle-list.ts";
import type { Instance } from "./instances/instance.ts";
import { createPool, type Pool } from "./instances/instance-pool.ts";
import { readableTrace } from "./instances/readable-trace.ts";
import { functionError } from "./runtime/errors.ts";

/** Maximum size in bytes of an event or a response. */
const payloadLimit = 6 * 1024 * 1024;

export interface LambdaOptions extends Pick<Ground, "graph" | "root" | "environment" | "log"> {
  /** Bundle cache. Several local clouds may share it. */
  readonly cacheFolder: string;
  /** Before an invocation, bundles the function again if its code has changed. Bundles are readable. */
  readonly watch?: boolean;
  /** Maximum number of busy instances of a function without reserved concurrency; 10 by default. */
  readonly maxConcurrency?: number;
  /**
   * The same limit for functions whose instances are processes. The default is the number of cores, at least two,
   * because starting a process is expensive.
   */
  readonly maxProcesses?: number;
  /**
   * Maximum number of concurrent invocations in the account. Further invocations are throttled, as on AWS, where a new
   * account has 10. Unlimited by default.
   */
  readonly accountConcurrency?: number | undefined;
  /** Maximum number of instances in total. Beyond it, idle instances end. The default depends on the memory. */
  readonly maxInstances?: number;
  /** Milliseconds after which an idle instance ends; five minutes by default. */
  readonly idleMs?: number;
  /** Port of the distribution, which functions reach without TLS. */
  readonly distributionPort?: number | undefined;
}

export interface Lambda extends Emulator, Invoker {
  /** Returns the current number of instances of a function. */
  instancesOf(functionReference: string): number;
}

/**
 * Returns how many instances, of 25–30 MB each, fit into a quarter of the machine's memory: 67 with 8 GB, and at most
 * 160. With fewer instances than functions in use, most invocations would be cold starts.
 */
const fittingInstances = () => Math.min(160, Math.floor(os.totalmem() / 4 / 32_000_000));

const refused = (refusal: number, errorType: string, errorMessage: string): InvokeResult => ({
  ok: false,
  error: { errorType, errorMessage },
  refusal,
});
const stopping = refused(500, "ServiceException", "The local cloud is shutting down.");
const throttled = (
  reason: "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded",
) => ({
  ...refused(429, "TooManyRequestsException", "Rate Exceeded."),
  reason,
});

const newTraceId = () => {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${randomBytes(12).toString("hex")};Parent=${randomBytes(8).toString("hex")};Sampled=0`;
};

const tooLarge = (bytes: number) =>
  refused(
    413,
    "RequestEntityTooLargeException",
    `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${payloadLimit} bytes)`,
  );

/**
 * Starts Lambda: bundles the functions of a graph as SST does for AWS, and runs their handlers with Lambda's semantics.
 * @throws BundleError, HandlerNotFoundError
 */
export async function startLambda(options: LambdaOptions): Promise<Lambda> {
  const { graph, environment, log, watch = false, maxConcurrency = 10 } = options;
  const { maxProcesses = Math.max(2, os.availableParallelism()), accountConcurrency = Number.POSITIVE_INFINITY } =
    options;
  const account = createAccountConcurrency(accountConcurrency, graph.functions);
  const root = path.resolve(options.root);
  const cacheFolder = path.resolve(options.cacheFolder);
  // Threads share the process's time zone. Lambda's time zone is UTC.
  process.env.TZ = "UTC";
  const pools = new Map<string, Pool>();
  let closing = false;
  const idleList = createIdleList<Instance>({
    maxInstances: options.maxInstances ?? fittingInstances(),
    idleMs: options.idleMs ?? 300_000,
  });
  const code = await openCodeStore({
    graph,
    root,
    cacheFolder: path.join(cacheFolder, "bundles"),
    watch,
    onChange(functions) {
      for (const fn of functions) pools.get(fn.name)?.replace();
      log.info("lambda", `reloaded ${functions.map((fn) => fn.name).join(", ")}`);
    },
    onBroken: (message) => log.error("lambda", `the build failed, and the previous code keeps running\n${message}`),
  });

  const { distributionPort } = options;
  const start = functionStarter({ graph, code, environment, log, cacheFolder, sourceMaps: watch, distributionPort });

  function poolOf(fn: ResolvedFunction): Pool {
    const existing = pools.get(fn.name);
    if (existing) return existing;
    const pool: Pool = createPool({
      limit: fn.concurrency ?? (code.codeOf(fn).needsProcess ? maxProcesses : maxConcurrency),
      // Reserved concurrency is a limit on AWS too, so calls beyond it are throttled. Without it, only this machine
      // limits the instances, so calls wait.
      throttles: fn.concurrency !== undefined,
      start() {
        idleList.makeRoom([...pools.values()].reduce((sum, { size }) => sum + size, 0));
        return start(fn, (instance) => pool.forget(instance));
      },
      onIdle: (instance) => idleList.add(instance, () => pool.evict(instance)),
      onBusy: (instance) => idleList.remove(instance),
    });
    pools.set(fn.name, pool);
    return pool;
  }

  async function run(fn: ResolvedFunction, payload: string, requestId: string): Promise<InvokeResult> {
    const place = account.acquire(fn);
    if (!place) return throttled("ConcurrentInvocationLimitExceeded");
    try {
      await code.refresh(fn);
      const pool = closing ? undefined : poolOf(fn);
      const instance = await pool?.acquire();
      if (!pool || !instance || instance === "stopped") return stopping;
      if (instance === "throttled") return throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
      const result = await instance.invoke({ requestId, payload, traceId: newTraceId() });
      pool.release(instance);
      return result;
    } catch (error) {
      return { ok: false, error: functionError(error) };
    } finally {
      place.release();
    }
  }

  return {
    instancesOf: (reference) => pools.get(graph.functionOf(reference)?.name ?? "")?.size ?? 0,
    async invoke(reference, event, requestId = randomUUID()) {
      const fn = graph.functionOf(reference);
      if (!fn) return refused(404, "ResourceNotFoundException", `Function not found: ${reference}`);
      if (fn.concurrency === 0) return throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
      const payload = JSON.stringify(event) ?? "null";
      const bytes = Buffer.byteLength(payload);
      if (bytes > payloadLimit) return tooLarge(bytes);
      const result = await run(fn, payload, requestId);
      if (!result.ok && result.refusal === 429)
        log.warn(
          fn.name,
          `throttled: ${fn.concurrency ?? accountConcurrency} invocations are running, which is the limit`,
          requestId,
        );
      else if (!result.ok) log.error(fn.name, readableTrace(describe(result.error)), requestId);
      return result;
    },
    async close() {
      closing = true;
      idleList.close();
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

const describe = ({ errorType, errorMessage, trace }: FunctionError) =>
  trace && trace.length > 0 ? trace.join("\n") : `${errorType}: ${errorMessage}`;
