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

/** esbuild's plugins for `nodejs.plugins` of every function. */
export default [
  {
    name: "lean-sdk",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^(${names.join("|")})$`) }, ({ path, resolveDir }) => ({
        path,
        namespace: "lean-sdk",
        pluginData: { resolveDir },
      }));
      build.onLoad({ filter: /.*/, namespace: "lean-sdk" }, ({ path, pluginData }) => ({
        contents: replacements[path],
        resolveDir: pluginData.resolveDir,
      }));
    },
  },
];
