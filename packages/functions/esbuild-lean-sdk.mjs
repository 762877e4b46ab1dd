import { readFile } from "node:fs/promises";

/*
 * SST's deploy runs these plugins in a process of its own, which offers less than esbuild does: filters are matched against the text
 * "undefined", namespaces are not looked at, `pluginData` must be a number, and an error ends the process while the deploy waits for
 * it. Therefore each filter also lets that text pass, each callback looks for itself whether it is meant, and none relies on
 * `pluginData`. tests/infra/plugins.test.ts runs them in SST's process.
 */

/**
 * Modules of the SDK that no function needs, replaced when the functions are bundled:
 * - A function has its role's credentials in its environment. The default provider brings the other places where a computer may
 *   keep credentials: profiles, single sign-on, instance metadata.
 * - No operation that we call streams events.
 * - DynamoDB is found at its region's endpoint; none is asked for.
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

/** Of its own package.json a client needs the version only, for the name by which it introduces itself. */
const manifest = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

/** Leaves out what of the SDK no function uses. */
export const leanSdk = {
  name: "lean-sdk",
  setup(build) {
    // A replacement imports what the module that it replaces could import.
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

/** esbuild's plugins for `nodejs.plugins` of the function that makes the OpenAPI document of the contract. */
export default [leanSdk];
