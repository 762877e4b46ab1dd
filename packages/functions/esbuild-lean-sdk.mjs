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

/** A class that no code instantiates. */
const unused = (name) => `
  export class ${name} {
    constructor() {
      throw new Error("${name} is not part of this bundle");
    }
  }
`;

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
    ${unused("EventStreamSerde")}
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

/**
 * Files of the SDK, by the end of their paths, replaced in the bundles:
 * - A function has no configuration files and always knows its region. The SDK looks for both.
 * - The table is in the partition `aws`, and its regional endpoint needs no rules.
 * - Node.js computes hashes.
 * - No client uses adaptive retries or an automatic defaults mode.
 * - The user agent does not list the features in use, and nothing warns about old versions of Node.js.
 */
const files = {
  "/@smithy/core/dist-es/submodules/config/node-config-provider/configLoader.js": `
    import { memoize } from "../property-provider/memoize";
    export const loadConfig = ({ environmentVariableSelector, default: fallback }, options = {}) =>
      memoize(async () => {
        const value = environmentVariableSelector(process.env, options);
        return value !== undefined ? value : typeof fallback === "function" ? fallback() : fallback;
      });
  `,
  "/@smithy/core/dist-es/submodules/config/defaults-mode/resolveDefaultsModeConfig.js": `
    export const resolveDefaultsModeConfig = () => async () => "legacy";
  `,
  "/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js": `
    export const getInstanceMetadataRegion = async () => undefined;
  `,
  "/@smithy/signature-v4/dist-es/HeaderFormatter.js": "export class HeaderFormatter {}",
  "/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partition.js": `
    export const partition = () => ({
      name: "aws",
      dnsSuffix: "amazonaws.com",
      dualStackDnsSuffix: "api.aws",
      implicitGlobalRegion: "us-east-1",
      supportsDualStack: true,
      supportsFIPS: true,
    });
    export const getUserAgentPrefix = () => "";
    export const setPartitionInfo = undefined;
    export const useDefaultPartitionInfo = undefined;
  `,
  "/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/check-features.js": `
    export const checkFeatures = async () => {};
  `,
  "/@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js": `
    export const emitWarningIfUnsupportedVersion = () => {};
    export const state = {};
  `,
  "/@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js": `
    export const defaultEndpointResolver = ({ Endpoint, Region }) => ({
      url: new URL(Endpoint ?? \`https://dynamodb.\${Region}.amazonaws.com\`),
    });
  `,
  "/@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js": unused("Sha256Js"),
  "/@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js": unused("AdaptiveRetryStrategy"),
};

const alternatives = (texts) => texts.map((text) => text.replaceAll(/[/.]/g, "\\$&")).join("|");
const modules = new RegExp(`^(${alternatives(Object.keys(replacements))}|undefined)$`);
const fileNames = new RegExp(`(${alternatives(Object.keys(files))})$|^undefined$`);
/** A client needs only the version of its package.json, for its user agent. */
const manifest = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

/** Excludes unused modules of the SDK. */
export const leanSdk = {
  name: "lean-sdk",
  setup(build) {
    // A replacement resolves its imports from the folder of the module that imports it.
    const folders = new Map();
    build.onResolve({ filter: modules }, ({ path, resolveDir }) => {
      if (!Object.hasOwn(replacements, path)) return undefined;
      folders.set(path, resolveDir);
      return { path, namespace: "lean-sdk" };
    });
    build.onLoad({ filter: /.*/, namespace: "lean-sdk" }, ({ path, namespace }) =>
      namespace === "lean-sdk" ? { contents: replacements[path], resolveDir: folders.get(path) } : undefined,
    );
    build.onLoad({ filter: fileNames }, ({ path, namespace }) => {
      const [, name] = fileNames.exec(path) ?? [];
      return namespace === "file" && name !== undefined ? { contents: files[name] } : undefined;
    });
    build.onLoad({ filter: /package\.json$|^undefined$/ }, async ({ path, namespace }) => {
      if (namespace !== "file" || !manifest.test(path)) return undefined;
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

/** esbuild plugins for `nodejs.plugins` of the function that creates the OpenAPI document. */
export default [leanSdk];
