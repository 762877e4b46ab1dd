import { readFile } from "node:fs/promises";

/*
 * SST's deploy runs these plugins in its own process, which supports less than esbuild:
 * - Filters are matched against the text "undefined".
 * - Namespaces are ignored.
 * - `pluginData` must be a number.
 * - An error ends the process while the deploy waits for it.
 *
 * Therefore each filter also accepts that text, each callback checks its arguments, and none relies on `pluginData`.
 * tests/infra/plugins.test.ts runs the plugins in SST's process.
 */

/**
 * SDK modules that no function needs, replaced in the bundles:
 * - A function gets its role's credentials from the environment. The default provider also includes profiles, single
 *   sign-on and instance metadata.
 * - No operation in use has event streams.
 * - DynamoDB is called at its regional endpoint, without endpoint discovery.
 */
const replacements = {
  "@aws-sdk/credential-provider-node": `
    import { fromEnv } from "@aws-sdk/credential-provider-env";
    export const defaultProvider = () => fromEnv();
  `,
  "@smithy/core/event-streams": `
    export const eventStreamSerdeProvider = () => undefined;
    export const resolveEventStreamSerdeConfig = (config) => config;
    export class EventStreamSerde {
      constructor() {
        throw new Error("Event streams are not part of this bundle");
      }
    }
  `,
  "@aws-sdk/middleware-endpoint-discovery": `
    export const resolveEndpointDiscoveryConfig = (config) => config;
    export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
      environmentVariableSelector: () => undefined,
      configFileSelector: () => undefined,
      default: false,
    };
  `,
};

const names = Object.keys(replacements).map((name) => name.replaceAll("/", "\\/"));

/** A client needs only the version of its package.json, for its user agent. */
const manifest = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

/** Excludes unused modules of the SDK. */
export const leanSdk = {
  name: "lean-sdk",
  setup(build) {
    // A replacement resolves its imports from the folder of the module that imports it.
    const folders = new Map();
    build.onResolve({ filter: new RegExp(`^(${names.join("|")}|undefined)$`) }, ({ path, resolveDir }) => {
      if (!Object.hasOwn(replacements, path)) return undefined;
      folders.set(path, resolveDir);
      return { path, namespace: "lean-sdk" };
    });
    build.onLoad({ filter: /.*/, namespace: "lean-sdk" }, ({ path, namespace }) =>
      namespace === "lean-sdk" ? { contents: replacements[path], resolveDir: folders.get(path) } : undefined,
    );
    build.onLoad({ filter: /package\.json$|^undefined$/ }, async ({ path, namespace }) => {
      if (namespace !== "file" || !manifest.test(path)) return undefined;
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

/** esbuild plugins for `nodejs.plugins` of the function that creates the OpenAPI document. */
export default [leanSdk];
