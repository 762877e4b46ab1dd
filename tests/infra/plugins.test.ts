import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { loadGraph } from "@daybook/local/graph/load";
import { esbuildOptions, pluginsFile, sourceFile } from "@daybook/local/lambda/code/esbuild-options";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { afterEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { root } from "../../scripts/lib/command.ts";

/** The program in which SST's deploy runs the plugins of `nodejs.plugins`. */
const sstProcess = path.join(root, ".sst/platform/functions/nodejs-runtime/plugin.mjs");

/** The members of a reply that SST passes to esbuild. SST fails if `pluginData` is an object instead of a number. */
const Reply = z.object({
  id: z.number(),
  value: z.strictObject({
    path: z.string().exactOptional(),
    namespace: z.string().exactOptional(),
    contents: z.string().exactOptional(),
    loader: z.enum(["js", "json", "ts", "text"]).exactOptional(),
    resolveDir: z.string().exactOptional(),
  }),
});

const processes: ChildProcessByStdio<Writable, Readable, null>[] = [];
afterEach(async () => {
  for (const child of processes.splice(0)) {
    child.stdin.end();
    if (child.exitCode === null) await once(child, "exit");
  }
});

/** Runs the plugins of a file as SST's deploy does: esbuild's calls go through a separate process, line by line. */
function throughSst(file: string): Plugin {
  const child = spawn(process.execPath, [sstProcess, path.resolve(root, file)], { stdio: ["pipe", "pipe", "inherit"] });
  processes.push(child);
  const waiting = new Map<number, PromiseWithResolvers<z.output<typeof Reply>["value"]>>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, value } = Reply.parse(JSON.parse(line));
    waiting.get(id)?.resolve(value);
    waiting.delete(id);
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`SST's process ended with ${code}`);
  });
  // Pending calls receive this error. Without pending calls, the process was stopped on purpose.
  ended.catch(() => {});
  child.stdin.on("error", () => {});
  let count = 0;
  const ask = (command: string, value: unknown) => {
    const id = count++;
    const answer = Promise.withResolvers<z.output<typeof Reply>["value"]>();
    waiting.set(id, answer);
    child.stdin.write(`${JSON.stringify({ id, command, value })}\n`);
    return Promise.race([answer.promise, ended]);
  };
  return {
    name: "sst",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, (args) => ask("resolve", { ...args, pluginData: null }));
      onLoad({ filter: /.*/ }, (args) => ask("load", { ...args, pluginData: null }));
    },
  };
}

async function bundled(options: BuildOptions): Promise<string | undefined> {
  const { outputFiles } = await build({ ...options, sourcemap: false, write: false, logLevel: "silent" });
  return outputFiles[0]?.text;
}

const graph = loadGraph(path.join(root, "infra/graph.local.json"));

describe("the bundle plugins", () => {
  it.each(["CreateTodoFunction", "GetOpenApiFunction", "WelcomeEmailFunction"])(
    "have the same result in SST's deploy as in the local cloud, for %s",
    async (name) => {
      const fn = graph.functions.find((candidate) => candidate.name === name);
      if (!fn) throw new Error(`The graph has no function ${name}`);
      const file = pluginsFile(fn) ?? "";
      const { default: plugins }: { default: Plugin[] } = await import(path.join(root, file));
      const options = { ...esbuildOptions(fn, false), absWorkingDir: root, entryPoints: [sourceFile(fn, root)] };
      const here = await bundled({ ...options, plugins });
      expect(await bundled({ ...options, plugins: [throughSst(file)] })).toBe(here);
      expect(here).not.toBe(await bundled(options));
    },
  );
});
