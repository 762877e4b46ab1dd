import type { Instance } from "./instance.ts";

/**
 * The instances of one function. An instance starts when all others are busy. Instances are reused last in, first out,
 * and replaced when the code changes.
 */
export interface Pool {
  /** At the limit of busy instances, waits or returns `throttled`. Returns `stopped` when the pool was stopped. */
  acquire(): Promise<Instance | "stopped" | "throttled">;
  release(instance: Instance): void;
  /** Removes an instance that has ended. */
  forget(instance: Instance): void;
  /** Stops an idle instance. */
  evict(instance: Instance): Promise<void>;
  /** Lets old instances finish their current event and take no further one. */
  replace(): void;
  stop(): Promise<void>;
  readonly size: number;
}

export interface PoolOptions {
  /** Maximum number of busy instances. */
  readonly limit: number;
  /** Whether events beyond the limit are throttled instead of waiting. */
  readonly throttles: boolean;
  readonly start: () => Instance;
  readonly onIdle: (instance: Instance) => void;
  readonly onBusy: (instance: Instance) => void;
}

export function createPool({ limit, throttles, start, onIdle, onBusy }: PoolOptions): Pool {
  const all = new Set<Instance>();
  const current = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: PromiseWithResolvers<Instance | "stopped">[] = [];
  let stopped = false;

  const launch = () => {
    const instance = start();
    all.add(instance);
    current.add(instance);
    return instance;
  };
  /** Starts an instance for the longest waiting event when a place becomes free. */
  const refill = () => {
    if (stopped || all.size >= limit) return;
    const next = waiting.shift();
    try {
      if (next) next.resolve(launch());
    } catch (error) {
      next?.reject(error);
    }
  };
  const remove = (instance: Instance) => {
    if (!all.delete(instance)) return;
    current.delete(instance);
    const at = idle.indexOf(instance);
    if (at !== -1) idle.splice(at, 1);
    onBusy(instance);
    refill();
  };
  const discard = async (instance: Instance) => {
    remove(instance);
    await instance.stop();
  };

  return {
    get size() {
      return all.size;
    },
    async acquire() {
      if (stopped) return "stopped";
      const warm = idle.pop();
      if (warm) {
        onBusy(warm);
        return warm;
      }
      if (all.size < limit) return launch();
      if (throttles) return "throttled";
      const place = Promise.withResolvers<Instance | "stopped">();
      waiting.push(place);
      return place.promise;
    },
    release(instance) {
      if (instance.dead) return remove(instance);
      if (!current.has(instance)) return void discard(instance);
      const next = waiting.shift();
      if (next) return next.resolve(instance);
      idle.push(instance);
      onIdle(instance);
    },
    forget: remove,
    evict: discard,
    replace() {
      current.clear();
      for (const instance of [...idle]) void discard(instance);
    },
    async stop() {
      stopped = true;
      for (const place of waiting.splice(0)) place.resolve("stopped");
      await Promise.all([...all].map(discard));
    },
  };
}
