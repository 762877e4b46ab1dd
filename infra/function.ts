import { policyOf } from "./stage.ts";

const { logRetention } = policyOf($app.stage);

// SST lets the whole account assume a function's role: its test for `dev` is always true. Only Lambda may.
const trust = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });

// This holds for every function, also for those that SST's own components make.
$transform(sst.aws.Function, (args) => {
  args.architecture ??= "arm64";
  args.logging = { retention: logRetention, format: "json" };
  args.transform = { ...args.transform, role: { assumeRolePolicy: trust } };
});

/**
 * How every handler of ours is bundled; SST's other defaults are modules for Node 24, with the SDK's modules before its CommonJS.
 * The plugins leave out what of the SDK and of Zod no function uses; nothing of ours reads the names of functions at run time.
 */
const nodejs = {
  minify: true,
  plugins: "packages/functions/esbuild-lean-sdk-and-zod.mjs",
  esbuild: { keepNames: false },
};

type Permission = Extract<sst.aws.FunctionArgs["permissions"], unknown[]>[number];

/** What a function of ours says of itself; everything else is the same for all of them. */
export interface FunctionSettings {
  readonly handler: string;
  readonly description: string;
  readonly link?: sst.aws.FunctionArgs["link"];
  readonly permissions: Permission[];
  readonly memory?: sst.aws.FunctionArgs["memory"];
  readonly timeout?: sst.aws.FunctionArgs["timeout"];
  /** The plugins of its bundle, where they are not everybody's. */
  readonly plugins?: string;
  /** Packages that are installed beside its bundle, for its processor: those with native libraries. By name, with their version. */
  readonly install?: Readonly<Record<string, string>>;
}

/** Those that are made here; `alarms.ts` watches over them. */
export const functions = new Map<string, sst.aws.Function>();

/** Makes a Lambda function with a role of its own that allows exactly the permissions given. */
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
