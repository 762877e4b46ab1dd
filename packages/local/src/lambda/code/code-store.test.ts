import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { memoryLog, temporaryFolder, testFunction, testGraph } from "../fixtures.ts";
import { type Lambda, type LambdaOptions, startLambda } from "../lambda.ts";
import { BundleError } from "./bundle.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function disk(files: Record<string, string>) {
  const made = temporaryFolder(files);
  cleanUps.push(made.remove);
  return made;
}

async function start(
  root: string,
  functions: Parameters<typeof testGraph>[0]["functions"],
  options: Partial<LambdaOptions> = {},
) {
  const graph = testGraph({ functions: functions ?? [] });
  const shared = { graph, root, cacheFolder: path.join(root, "cache"), environment: () => ({}), log: memoryLog() };
  const lambda: Lambda = await startLambda({ ...shared, ...options });
  cleanUps.push(() => lambda.close());
  return lambda;
}

const two = {
  "src/word.ts": `export const word: string = "one";`,
  "src/a.ts": `import { word } from "./word.ts";\nexport const handler = async () => ({ word, file: import.meta.url });`,
};
const a = testFunction("A", { handler: "src/a.handler" });
const answer = async (lambda: Lambda, name = "A", event: object = {}) => {
  const result = await lambda.invoke(name, event);
  return result.ok ? Object(result.result) : result;
};

describe("bundles", () => {
  it("are built once and reused by the next start until one of their input files changes", async () => {
    const { folder, write } = disk(two);
    const first = await answer(await start(folder, [a]));
    const time = new Date(2020, 1);
    utimesSync(new URL(first.file), time, time);
    const again = await answer(await start(folder, [a]));
    expect(again).toEqual(first);
    expect(statSync(new URL(again.file)).mtime).toEqual(time);
    write("src/word.ts", `export const word = "another";`);
    const changed = await answer(await start(folder, [a]));
    expect(changed.word).toBe("another");
    expect(changed.file).not.toBe(first.file);
  });

  it("are built once for all handlers of a source file with equal options", async () => {
    const files = {
      "src/b.ts": `export const x = async () => import.meta.url; export const y = async () => import.meta.url;`,
    };
    const { folder } = disk(files);
    const fn = (name: string, build = {}) => testFunction(name, { handler: `src/b.${name.slice(0, 1)}`, build });
    const lambda = await start(folder, [fn("x"), fn("y"), fn("xCommonJs", { minify: true })]);
    expect(await lambda.invoke("x", {})).toEqual(await lambda.invoke("y", {}));
    expect(await lambda.invoke("x", {})).not.toEqual(await lambda.invoke("xCommonJs", {}));
  });

  it("follow SST's `nodejs` options: format, banner, define, loader, plugins, copied files", async () => {
    const { folder } = disk({
      "src/c.ts": `import text from "./note.md"; import swapped from "replaced"; import { readFileSync } from "node:fs";
        export const handler = async () => ({ text, swapped, stage: STAGE, banner: globalThis.banner, copied: readFileSync(__dirname + "/data.txt", "utf8"), type: typeof module });`,
      "src/note.md": "a note",
      "assets/data.txt": "copied",
      "plugins.mjs": `export default [{ name: "replace", setup(build) {
        build.onResolve({ filter: /^replaced$/ }, () => ({ path: "replaced", namespace: "own" }));
        build.onLoad({ filter: /.*/, namespace: "own" }, () => ({ contents: 'export default "by a plugin"' })); } }];`,
    });
    const build = {
      format: "cjs",
      banner: "globalThis.banner = 1;",
      plugins: "plugins.mjs",
      loader: { ".md": "text" },
      esbuild: { define: { STAGE: '"local"' } },
    };
    const copyFiles = [{ from: "assets/data.txt", to: "data.txt" }];
    const lambda = await start(folder, [testFunction("C", { handler: "src/c.handler", build, copyFiles })]);
    expect(await answer(lambda, "C")).toEqual({
      text: "a note",
      swapped: "by a plugin",
      stage: "local",
      banner: 1,
      copied: "copied",
      type: "object",
    });
  });

  it("log stack traces with the source files and lines", async () => {
    const { folder } = disk({
      "src/a.ts": `type Word = string;\n\nconst fail = (word: Word) => {\n  throw new Error(word);\n};\nexport const handler = async () => fail("late");`,
    });
    const log = memoryLog();
    const lambda = await start(folder, [testFunction("A", { handler: "src/a.handler", build: { minify: true } })], {
      log,
    });
    await lambda.invoke("A", {});
    const source = path.relative(process.cwd(), path.join(folder, "src/a.ts"));
    expect(log.lines.at(-1)?.message).toContain(`Error: late\n    at fail (${source}:4:9)`);
  });

  it("stop the start with file, line and reason when they cannot be built", async () => {
    const { folder } = disk({ "src/a.ts": `import { gone } from "./gone.ts";\nexport const handler = gone;` });
    const failure = start(folder, [a]);
    await expect(failure).rejects.toThrow(BundleError);
    await expect(failure).rejects.toThrow(/Could not resolve "\.\/gone\.ts"[\s\S]*src\/a\.ts:1:21/);
    await expect(start(folder, [testFunction("B", { handler: "src/nowhere.handler" })])).rejects.toThrow(
      "B: the handler src/nowhere.handler has no source file",
    );
  });
});

describe("watching", () => {
  it("replaces the code after a change, and keeps the old code while the new code does not build", async () => {
    const { folder, write } = disk(two);
    const log = memoryLog();
    const lambda = await start(folder, [a], { watch: true, log });
    expect((await answer(lambda)).word).toBe("one");
    write("src/word.ts", `export const word = "two";`);
    expect((await answer(lambda)).word).toBe("two");
    write("src/word.ts", `export const word = ;`);
    expect((await answer(lambda)).word).toBe("two");
    expect(log.lines.find(({ level }) => level === "error")?.message).toContain("src/word.ts:1:20");
    write("src/word.ts", `export const word = "three";`);
    const answers = await Promise.all([answer(lambda), answer(lambda)]);
    expect(answers.map(({ word }) => word)).toEqual(["three", "three"]);
    expect(log.lines.filter(({ message }) => message === "reloaded A")).toHaveLength(2);
  });

  it("watches code with modules that a plugin generates", async () => {
    const { folder, write } = disk({
      "src/a.ts": `import { n } from "./n.ts"; import made from "made"; export const handler = async () => ({ word: made + n });`,
      "src/n.ts": "export const n = 1;",
      "plugins.mjs": `export default [{ name: "make", setup(build) {
        build.onResolve({ filter: /^made$/ }, () => ({ path: "nowhere/made", namespace: "made" }));
        build.onLoad({ filter: /.*/, namespace: "made" }, () => ({ contents: 'export default "made"' })); } }];`,
    });
    const fn = testFunction("A", { handler: "src/a.handler", build: { plugins: "plugins.mjs" } });
    const lambda = await start(folder, [fn], { watch: true });
    expect((await answer(lambda)).word).toBe("made1");
    write("src/n.ts", "export const n = 2;");
    expect((await answer(lambda)).word).toBe("made2");
  });

  it("starts no instance after the cloud was stopped during a build", async () => {
    const { folder } = disk(two);
    const lambda = await start(folder, [a], { watch: true });
    const invocation = lambda.invoke("A", {});
    await lambda.close();
    expect(await invocation).toMatchObject({ ok: false, refusal: 500 });
    expect(lambda.instancesOf("A")).toBe(0);
  });

  it("starts when the code does not build, and answers once it does", async () => {
    const { folder, write } = disk({ ...two, "src/word.ts": "oops(" });
    const lambda = await start(folder, [a], { watch: true });
    expect(await lambda.invoke("A", {})).toMatchObject({
      ok: false,
      error: { errorType: "Runtime.ImportModuleError" },
    });
    write("src/word.ts", `export const word = "mended";`);
    expect((await answer(lambda)).word).toBe("mended");
  });
});

describe("a prebuilt bundle", () => {
  const readyMade = testFunction("Server", {
    bundle: { folder: "build/server", handler: "index.handler" },
    timeout: 20,
    environment: { A: "b" },
  });
  const server = `
    import { writeFileSync } from "node:fs";
    process.chdir(".");
    export const handler = async (event, context) => {
      console.log("handling", event.n);
      if (event.spin) { writeFileSync("spinning", ""); for (;;) {} }
      if (event.exit) process.kill(process.pid, "SIGKILL");
      return { pid: process.pid, cwd: process.cwd(), environment: Object.keys(process.env).filter((name) => name === "A" || name === "HOME"), id: context.awsRequestId };
    };`;

  it("runs in a separate process, in its own folder", async () => {
    const { folder } = disk({ "build/server/index.mjs": server });
    const log = memoryLog();
    const lambda = await start(folder, [readyMade], { log });
    const answered = await answer(lambda, "Server");
    expect(answered).toMatchObject({ cwd: path.join(folder, "build/server"), environment: ["A"] });
    expect(answered.pid).not.toBe(process.pid);
    expect(log.lines.map(({ message }) => message)).toContain("handling undefined");
    expect(await lambda.invoke("Server", { exit: true }, "req-1")).toMatchObject({
      ok: false,
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: req-1 Error: Runtime exited with error: signal: killed",
      },
    });
    expect((await answer(lambda, "Server")).pid).not.toBe(answered.pid);
  });

  it("is limited to the function's memory, including memory outside V8's heap", async () => {
    const { folder } = disk({
      "build/server/index.mjs": `
        export const handler = async ({ megabytes }) => {
          const held = [];
          while (held.length < megabytes) {
            held.push(Buffer.alloc(1024 * 1024, 1));
            if (held.length % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
          }
          await new Promise((resolve) => setTimeout(resolve, 100));
          return { held: held.length };
        };`,
    });
    const lambda = await start(folder, [{ ...readyMade, memory: 256 }]);
    expect(await answer(lambda, "Server", { megabytes: 100 })).toEqual({ held: 100 });
    expect(await lambda.invoke("Server", { megabytes: 1000 }, "req-1")).toMatchObject({
      error: { errorMessage: "RequestId: req-1 Error: Runtime exited with error: signal: killed" },
    });
  });

  it("ends with the local cloud, even when the cloud is killed while a handler runs an endless loop", async () => {
    const { folder, write } = disk({ "build/server/index.mjs": server });
    write(
      "cloud.ts",
      `import { startLambda } from ${JSON.stringify(path.join(import.meta.dirname, "../lambda.ts"))};
      import { memoryLog, testFunction, testGraph } from ${JSON.stringify(path.join(import.meta.dirname, "../fixtures.ts"))};
      const graph = testGraph({ functions: [testFunction("Server", { bundle: { folder: "build/server", handler: "index.handler" }, timeout: 20 })] });
      const lambda = await startLambda({ graph, root: ${JSON.stringify(folder)}, cacheFolder: ${JSON.stringify(path.join(folder, "cache"))}, environment: () => ({}), log: memoryLog() });
      process.send?.(await lambda.invoke("Server", {}));
      await lambda.invoke("Server", { spin: true });`,
    );
    const cloud = fork(path.join(folder, "cloud.ts"), { execArgv: ["--no-warnings"] });
    const [{ result }] = await once(cloud, "message");
    await expect.poll(() => existsSync(path.join(folder, "build/server/spinning")), { timeout: 5000 }).toBe(true);
    expect(isAlive(result.pid)).toBe(true);
    cloud.kill("SIGKILL");
    await expect.poll(() => isAlive(result.pid), { timeout: 5000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
