import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import type { ResolvedFunction, ResolvedGraph } from "../../graph/graph.ts";
import { runtimeError } from "../runtime/errors.ts";
import { bundle } from "./bundle.ts";
import type { Bundle, Source, Workshop } from "./bundle-types.ts";
import { esbuildOptions, pluginsFile, sourceFile } from "./esbuild-options.ts";
import { watchSources } from "./watch.ts";

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
  /** The bundled runtimes. */
  readonly runtimes: { readonly thread: string; readonly process: string };
  close(): Promise<void>;
}

export interface CodeOptions extends Workshop {
  readonly graph: ResolvedGraph;
  /** Bundles again on every change, with readable output for a debugger. */
  readonly watch: boolean;
  onChange(functions: readonly ResolvedFunction[]): void;
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
  const sourceIds = new Map<string, string>();
  const sources = new Map<string, Source>();
  for (const fn of own) {
    const source = sourceOf(fn, workshop.root, watch);
    sourceIds.set(fn.name, source.id);
    sources.set(source.id, source);
  }
  const runtimes = await bundle(["runtime-worker", "runtime-process"].map(runtimeSource), workshop);
  const bundles = watch ? new Map<string, Bundle>() : await bundle([...sources.values()], workshop);
  const firstBuilds = Promise.withResolvers<void>();
  const watching = watch
    ? await watchSources(
        [...sources.values()],
        workshop,
        (id, made) => {
          bundles.set(id, made);
          if (bundles.size === sources.size) firstBuilds.resolve();
          onChange(own.filter((fn) => sourceIds.get(fn.name) === id));
        },
        (message) => {
          firstBuilds.resolve();
          onBroken(message);
        },
      )
    : undefined;
  if (watch && sources.size > 0) await firstBuilds.promise;
  return {
    runtimes: {
      thread: runtimes.get("runtime-worker")?.file ?? "",
      process: runtimes.get("runtime-process")?.file ?? "",
    },
    codeOf(fn) {
      const made = bundles.get(sourceIds.get(fn.name) ?? "");
      if (made) return bundledCode(fn, made);
      if (fn.bundle) return readyMadeCode(fn.bundle, workshop.root);
      throw runtimeError("Runtime.ImportModuleError", `${fn.handler ?? fn.name} could not be bundled`);
    },
    close: async () => watching?.close(),
  };
}
