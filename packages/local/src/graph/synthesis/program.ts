import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

/** Paths of two modules: SST's platform, and the program that uses it through globals. */
export interface Program {
  readonly platform: string;
  readonly program: string;
}

/** Packages that are loaded from the platform's node_modules with `require`. */
const external = /^(@pulumi\/|@pulumiverse\/|@sst-provider\/|@aws-sdk\/|@smithy\/|esbuild$|undici$|vite$|glob$)/;

const banner = `import { createRequire as makeRequire } from "node:module";
import { fileURLToPath as toPath } from "node:url";
import { dirname as folderOf } from "node:path";
const __filename = toPath(import.meta.url);
const __dirname = folderOf(__filename);
`;

/**
 * Loads SDKs lazily. SST's SDKs are CommonJS with lazy getters. An `import` of such a package would evaluate all of it
 * (2 seconds for the AWS SDK alone). Wrapped in a CommonJS module of the bundle, a getter runs when its resource is
 * used.
 */
const lazySdks: Plugin = {
  name: "lazy-sdks",
  setup(build) {
    build.onResolve({ filter: external }, ({ path, namespace, kind }) =>
      namespace === "sdk" || kind === "require-resolve" ? undefined : { path, namespace: "sdk" },
    );
    build.onLoad({ filter: /.*/, namespace: "sdk" }, ({ path }) => ({
      contents: `module.exports = sdkRequire(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};

/** Replaces the archiver with a stub, because the archives are never read. */
const noArchives: Plugin = {
  name: "no-archives",
  setup(build) {
    build.onResolve({ filter: /^archiver$/ }, () => ({ path: "archiver", namespace: "stub" }));
    build.onLoad({ filter: /.*/, namespace: "stub" }, () => ({
      contents: `export default () => {
        let target;
        return { on() {}, file() {}, append() {}, pipe(stream) { target = stream; }, finalize: async () => target.end() };
      };`,
      loader: "js",
    }));
  },
};

const common = (platform: string): BuildOptions => ({
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node24",
  mainFields: ["module", "main"],
  logLevel: "silent",
  banner: {
    js: `${banner}const require = makeRequire(import.meta.url);
const sdkRequire = makeRequire(${JSON.stringify(path.join(platform, "package.json"))});`,
  },
});

/** Bundles SST's platform, once per version. */
async function bundlePlatform(platform: string, cache: string): Promise<string> {
  const version = readFileSync(path.join(platform, "version"));
  const recipe = readFileSync(import.meta.filename);
  const key = createHash("sha256").update(version).update(recipe).update(platform).digest("hex").slice(0, 16);
  const file = path.join(cache, `platform-${key}.mjs`);
  if (existsSync(file)) return file;
  const from = (module: string) => JSON.stringify(path.join(platform, "src", module));
  const temporary = `${file}.${randomUUID()}.tmp`;
  await build({
    ...common(platform),
    stdin: {
      contents: `export { run } from ${from("auto/run.ts")};
        export * as sst from ${from("components/index.ts")};
        export * as globals from ${from("shim/run.js")};
        export * as naming from ${from("components/naming.ts")};`,
      resolveDir: platform,
      sourcefile: "platform.ts",
      loader: "ts",
    },
    inject: [path.join(platform, "src", "shim", "run.js")],
    nodePaths: [path.join(platform, "node_modules")],
    plugins: [lazySdks, noArchives],
    outfile: temporary,
  });
  // Concurrent runs can bundle the same version. The last one replaces the file with an identical one.
  await rename(temporary, file);
  return file;
}

/**
 * Bundles `sst.config.ts` and its imports. SST's command line bundles the platform each time; here the platform is
 * cached.
 * @param root folder of `sst.config.ts`, with SST's platform unpacked in `.sst/platform`
 * @param cache folder for the bundles
 */
export async function bundleProgram(root: string, cache: string): Promise<Program & { remove(): Promise<void> }> {
  const platform = path.join(root, ".sst", "platform");
  if (!existsSync(path.join(platform, "version"))) {
    throw new Error(`SST's platform is not unpacked in ${platform}: run "sst install" first.`);
  }
  await mkdir(cache, { recursive: true });
  const program = path.join(cache, `program-${randomUUID()}.mjs`);
  const [file] = await Promise.all([
    bundlePlatform(platform, cache),
    build({
      ...common(platform),
      entryPoints: [path.join(root, "sst.config.ts")],
      plugins: [lazySdks],
      outfile: program,
      sourcemap: "inline",
    }),
  ]);
  return { platform: file, program, remove: () => rm(program, { force: true }) };
}
