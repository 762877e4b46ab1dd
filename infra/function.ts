import { policyOf } from "./stage.ts";

const { logRetention } = policyOf($app.stage);

// SST's trust policy lets the whole account assume a function's role, because its test for `dev` is always true. Allow
// only Lambda.
const trust = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });

// Applies to every function, including those that SST's components create.
$transform(sst.aws.Function, (args) => {
  args.architecture ??= "arm64";
  args.logging = { retention: logRetention, format: "json" };
  args.transform = { ...args.transform, role: { assumeRolePolicy: trust } };
});

/**
 * Bundle settings of every handler of this project. SST's other defaults apply: modules for Node 24, preferring the
 * SDK's modules over CommonJS. The plugins omit parts of the SDK and of Zod that no function uses. No code of this
 * project reads function names at run time, so minifying is safe.
 */
const nodejs = {
  minify: true,
  plugins: "packages/functions/esbuild-lean-sdk-and-zod.mjs",
  esbuild: { keepNames: false },
};

type Permission = Extract<sst.aws.FunctionArgs["permissions"], unknown[]>[number];

/** Settings that differ between this project's functions. */
export interface FunctionSettings {
  readonly handler: string;
  readonly description: string;
  readonly link?: sst.aws.FunctionArgs["link"];
  readonly permissions: Permission[];
  readonly memory?: sst.aws.FunctionArgs["memory"];
  readonly timeout?: sst.aws.FunctionArgs["timeout"];
  /** Plugins of the bundle, if they differ from the default. */
  readonly plugins?: string;
  /**
   * Packages with native libraries, by name, with their version. They are installed next to the bundle, for the
   * function's processor.
   */
  readonly install?: Readonly<Record<string, string>>;
}

/** All functions created here, monitored by `alarms.ts`. */
export const functions = new Map<string, sst.aws.Function>();

/** Creates a Lambda function. Its role allows exactly the given permissions. */
export function lambda(
  name: string,
  { plugins = nodejs.plugins, install, ...settings }: FunctionSettings,
): sst.aws.Function {
  const fn = new sst.aws.Function(name, {
    runtime: "nodejs24.x",
    memory: "1024 MB",
    timeout: "10 seconds",
    nodejs: { ...nodejs, plugins, ...(install && { install }) },
    ...settings,
  });
  functions.set(name, fn);
  return fn;
}
