import { existsSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, Loader } from "esbuild";
import type { ResolvedFunction } from "../../graph/graph.ts";
import { list, object, text, textRecord, texts } from "../../json.ts";

/** The program names a handler without a source file. */
export class HandlerNotFoundError extends Error {
  override readonly name = "HandlerNotFoundError";
}

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const targets: Readonly<Record<string, string>> = {
  "nodejs20.x": "es2023",
  "nodejs22.x": "es2023",
  "nodejs24.x": "es2024",
};

/** Banner that defines `require` and `__dirname` for CommonJS packages inside an ES module, as SST's banner does. */
const commonJsNames = `import { createRequire as $createRequire } from "node:module";
import { fileURLToPath as $fileURLToPath } from "node:url";
const require = $createRequire(import.meta.url);
const __filename = $fileURLToPath(import.meta.url);
const __dirname = $fileURLToPath(new URL(".", import.meta.url));`;

/** Packages that are never bundled, because they load native libraries. */
const native = ["sharp", "pg-native"];

/**
 * Returns the source file of a function.
 * @throws HandlerNotFoundError
 */
export function sourceFile(fn: ResolvedFunction, root: string): string {
  const handler = fn.handler ?? "";
  const base = path.resolve(root, handler.slice(0, handler.lastIndexOf(".")));
  const file = extensions.map((extension) => base + extension).find(existsSync);
  if (file === undefined) throw new HandlerNotFoundError(`${fn.name}: the handler ${handler} has no source file`);
  return file;
}

const packagesOf = (install: unknown) => (Array.isArray(install) ? texts(install) : Object.keys(object(install)));

/** Loader names are esbuild's. esbuild reports the names it does not know. */
const loaders = (value: unknown) => textRecord(value) as Record<string, Loader>;

/** Returns the path of a function's `nodejs.plugins` module, if it has one. */
export const pluginsFile = (fn: ResolvedFunction): string | undefined => text(fn.build?.plugins);

/**
 * Returns the esbuild options that SST's deploy uses for a function. SST honors only these fields of `nodejs.esbuild`.
 * @param readable keeps names and lines, as SST does for live development
 */
export function esbuildOptions(fn: ResolvedFunction, readable: boolean): BuildOptions {
  const build = object(fn.build);
  const own = object(build.esbuild);
  const commonJs = build.format === "cjs";
  const mainFields = commonJs ? ["main"] : ["module", "main"];
  const banner = [...(commonJs ? [] : [commonJsNames]), text(build.banner) ?? ""].join("\n");
  return {
    bundle: true,
    platform: "node",
    format: commonJs ? "cjs" : "esm",
    target: text(own.target) ?? targets[fn.runtime] ?? "esnext",
    mainFields: list(own.mainFields).length > 0 ? texts(own.mainFields) : mainFields,
    ...(list(own.conditions).length > 0 && { conditions: texts(own.conditions) }),
    keepNames: own.keepNames !== false,
    define: textRecord(own.define),
    nodePaths: texts(own.nodePaths),
    loader: loaders(build.loader),
    external: [...native, ...packagesOf(build.install), ...texts(own.external)],
    minify: build.minify === true && !readable,
    sourcemap: "linked",
    banner: { js: banner },
    outExtension: { ".js": commonJs ? ".cjs" : ".mjs" },
  };
}
