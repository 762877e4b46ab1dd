import { leanSdk } from "./esbuild-lean-sdk.mjs";

/**
 * The methods of Zod's schemas that make JSON Schema: the OpenAPI document alone is made with them, and their code cannot be shaken
 * off, for each schema refers to it.
 */
const withoutJsonSchema = `
  const leftOut = () => {
    throw new Error("JSON Schema is not part of this bundle");
  };
  module.exports = new Proxy({}, { get: (_, name) => (name === "__esModule" ? undefined : leftOut) });
`;

const jsonSchema = /^\.\.\/core\/(json-schema-processors|to-json-schema)\.js$/;
const schemas = /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/;

/** Leaves JSON Schema out of Zod. */
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

/** esbuild's plugins for `nodejs.plugins` of every function but the one that makes the OpenAPI document. */
export default [leanSdk, leanZod];
