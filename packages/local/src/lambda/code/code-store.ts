import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import type { ResolvedFunction, ResolvedGraph } from "../../graph/graph.ts";
import { runtimeError } from "../runtime/errors.ts";
import { bundle } from "./bundle.ts";
import { openBundleCache } from "./bundle-cache.ts";
import type { Bundle, Source, Workshop } from "./bundle-types.ts";
import { esbuildOptions, pluginsFile, sourceFile } from "./esbuild-options.ts";

/** The code that an instance runs. */
export interface Code {
  readonly folder: string;
  readonly file: string;
  /** Name of the export that handles events. */
  readonly handler: string;
  /** File and export in AWS's format for handlers. */
  readonly handlerName: string;
  /** Whether it needs a separate process, because of its working directory or its memory outside V8's heap. */
  readonly needsProcess: boolean;
}

export interface CodeStore {
  /** @throws Error with Lambda's error name for code that is missing or could not be built */
  codeOf(fn: ResolvedFunction): Code;
  /** While watching, bundles the code of a function again if one of its files has changed. */
  refresh(fn: ResolvedFunction): Promise<void>;
  /** The bundled runtimes. */
  readonly runtimes: { readonly thread: string; readonly process: string };
}

export interface CodeOptions extends Workshop {
  readonly graph: ResolvedGraph;
  /** Bundles each function when it is used, and again after a change, with readable output for a debugger. */
  readonly watch: boolean;
  /** Receives the functions whose code was replaced. */
  onChange(functions: readonly ResolvedFunction[]): void;
  /** Receives the errors of a failed build. The previous code stays in use. */
  onBroken(message: string): void;
}

const runtimeSource = (id: string): Source => ({
  id,
  entry: path.join(import.meta.dirname, "..", "runtime", `${id}.ts`),
  options: { bundle: true, platform: "node", format: "esm", target: "node24", outExtension: { ".js": ".mjs" } },
});

function sourceOf(fn: ResolvedFunction, root: string, readable: boolean): Source {
  const entry = sourceFile(fn, root);
  const options = esbuildOptions(fn, readable);
  const plugins = pluginsFile(fn);
  const key = JSON.stringify([path.relative(root, entry), options, plugins, fn.copyFiles]);
  const id = `${path.parse(entry).name}-${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
  return { id, entry, options, plugins, copyFiles: fn.copyFiles };
}

const exportOf = (handler: string) => handler.slice(handler.lastIndexOf(".") + 1);

function bundledCode(fn: ResolvedFunction, { folder, file, external }: Bundle): Code {
  const handler = exportOf(fn.handler ?? "");
  const needsProcess = external.includes("sharp");
  return { folder, file, handler, handlerName: `${path.parse(file).name}.${handler}`, needsProcess };
}

/** Returns code that another tool has built. It runs in its folder. */
function readyMadeCode({ folder, handler }: { folder: string; handler: string }, root: string): Code {
  const base = path.join(root, folder, handler.slice(0, handler.lastIndexOf(".")));
  const file = [".mjs", ".cjs", ".js"].map((extension) => base + extension).find(existsSync);
  if (file === undefined)
    throw runtimeError("Runtime.ImportModuleError", `${path.join(folder, handler)} has not been built`);
  return {
    folder: path.join(root, folder),
    file,
    handler: exportOf(handler),
    handlerName: handler,
    needsProcess: true,
  };
}

/**
 * Opens the code of all functions of a graph, bundled as for AWS.
 * @throws BundleError, HandlerNotFoundError unless it watches. While watching, a function without code answers with an
 * error until its code builds.
 */
export async function openCodeStore({
  graph,
  watch,
  onChange,
  onBroken,
  ...workshop
}: CodeOptions): Promise<CodeStore> {
  const own = graph.functions.filter(({ handler }) => handler !== undefined);
  const sources = new Map(own.map((fn) => [fn.name, sourceOf(fn, workshop.root, watch)]));
  const cache = openBundleCache(workshop);
  const runtimes = await bundle(["runtime-worker", "runtime-process"].map(runtimeSource), workshop, cache);
  const unique = [...new Map([...sources.values()].map((source) => [source.id, source])).values()];
  const bundles = watch ? new Map<string, Bundle>() : await bundle(unique, workshop, cache);
  const builds = new Map<string, Promise<void>>();

  async function build(source: Source): Promise<void> {
    try {
      const made = (await bundle([source], workshop, cache)).get(source.id);
      const before = bundles.get(source.id);
      if (!made || made.file === before?.file) return;
      bundles.set(source.id, made);
      if (before) onChange(own.filter(({ name }) => sources.get(name)?.id === source.id));
    } catch (error) {
      onBroken(error instanceof Error ? error.message : String(error));
    } finally {
      builds.delete(source.id);
    }
  }

  return {
    runtimes: {
      thread: runtimes.get("runtime-worker")?.file ?? "",
      process: runtimes.get("runtime-process")?.file ?? "",
    },
    codeOf(fn) {
      const made = bundles.get(sources.get(fn.name)?.id ?? "");
      if (made) return bundledCode(fn, made);
      if (fn.bundle) return readyMadeCode(fn.bundle, workshop.root);
      throw runtimeError("Runtime.ImportModuleError", `${fn.handler ?? fn.name} could not be bundled`);
    },
    async refresh({ name }) {
      const source = sources.get(name);
      if (!watch || !source) return;
      const running = builds.get(source.id) ?? build(source);
      builds.set(source.id, running);
      await running;
    },
  };
}
