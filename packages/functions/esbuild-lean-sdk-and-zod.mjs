import { leanSdk } from "./esbuild-lean-sdk.mjs";

/**
 * Replaces the methods of Zod's schemas that create JSON Schema. Only the OpenAPI document uses them. Tree shaking
 * cannot remove them, because each schema refers to them.
 */
const withoutJsonSchema = `
  const leftOut = () => {
    throw new Error("JSON Schema is not part of this bundle");
  };
  module.exports = new Proxy({}, { get: (_, name) => (name === "__esModule" ? undefined : leftOut) });
`;

const jsonSchema = /^\.\.\/core\/(json-schema-processors|to-json-schema)\.js$/;
const schemas = /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/;

/** Excludes JSON Schema from Zod. */
const leanZod = {
  name: "lean-zod",
  setup(build) {
    build.onResolve({ filter: /^\.\.\/core\/.*json-schema|^undefined$/ }, ({ path, importer }) =>
      jsonSchema.test(path) && schemas.test(importer) ? { path, namespace: "lean-zod" } : undefined,
    );
    build.onLoad({ filter: /json-schema|^undefined$/, namespace: "lean-zod" }, ({ namespace }) =>
      namespace === "lean-zod" ? { contents: withoutJsonSchema } : undefined,
    );
  },
};

/** esbuild plugins for `nodejs.plugins` of every function except the one that creates the OpenAPI document. */
export default [leanSdk, leanZod];
