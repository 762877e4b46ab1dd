import path from "node:path";
import { loadGraph } from "@daybook/local/graph/load";
import { openCodeStore } from "@daybook/local/lambda/code/code-store";
import { type BuildOptions, build } from "esbuild";
import type { Scene } from "./scene.ts";

/** Code that is measured with a scene. */
export interface Variant {
  readonly name: string;
  readonly file: string;
  /** Name of the export. */
  readonly handler: string;
}

/** The variant that the limits refer to. */
export const yardstick = "bare SDK calls, esbuild's defaults";
export const daybook = "Daybook";

const root = path.resolve(import.meta.dirname, "../..");
const outputs = path.join(root, ".build/bench");
const defaults: BuildOptions = { bundle: true, platform: "node", target: "node24", logLevel: "error" };
/** `mainFields` takes the modules that can be shaken. The banner lets CommonJS packages load Node.js's modules. */
const tuned: BuildOptions = {
  ...defaults,
  format: "esm",
  minify: true,
  mainFields: ["module", "main"],
  banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
};

const documentCommands: Readonly<Record<string, string>> = {
  BatchGetItem: "BatchGetCommand",
  BatchWriteItem: "BatchWriteCommand",
  DeleteItem: "DeleteCommand",
  GetItem: "GetCommand",
  PutItem: "PutCommand",
  Query: "QueryCommand",
  TransactWriteItems: "TransactWriteCommand",
  UpdateItem: "UpdateCommand",
};

/** Returns a module that makes the recorded calls of an event. It contains only the commands that it needs. */
function replayModule(operations: ReadonlySet<string>): string {
  const commands = [...operations].flatMap((operation) => documentCommands[operation] ?? []);
  const mails = operations.has("SendEmail");
  return `
    import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
    import { DynamoDBDocumentClient, ${commands.join(", ")} } from "@aws-sdk/lib-dynamodb";
    ${mails ? `import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2"; const ses = new SESv2Client({});` : ""}
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    const senders = {
      ${[...operations]
        .map((operation) =>
          operation === "SendEmail"
            ? `SendEmail: (input) => ses.send(new SendEmailCommand(input)),`
            : `${operation}: (input) => documents.send(new ${documentCommands[operation]}(input)),`,
        )
        .join("\n")}
    };
    export async function replay(calls) {
      let results = [];
      for (const group of calls)
        results = await Promise.all(group.map(({ operation, input }) => senders[operation](input)));
      return results;
    }`;
}

const bare = `
  import { replay } from "replay";
  export const handler = async (event) => {
    if (event.body) JSON.parse(event.body);
    return { statusCode: 200, body: JSON.stringify(await replay(event.calls)) };
  };`;

const frameworks = { Express: "express", Hono: "hono", NestJS: "nest" };
/** Packages that NestJS loads only if they are installed. */
const optional = ["@nestjs/websockets", "@nestjs/microservices", "class-transformer", "class-validator"];

async function bundled(name: string, entry: string, replay: string, options: BuildOptions): Promise<Variant> {
  const extension = options.format === "esm" ? "mjs" : "cjs";
  const file = path.join(outputs, `${name.replaceAll(/\W+/g, "-")}.${extension}`);
  await build({
    ...options,
    absWorkingDir: root,
    stdin: { contents: entry, resolveDir: path.join(root, "bench/peers") },
    outfile: file,
    external: optional.flatMap((each) => [each, `${each}/*`]),
    plugins: [
      {
        name: "replay",
        setup(setup) {
          setup.onResolve({ filter: /^replay$/ }, () => ({ path: "replay", namespace: "bench" }));
          setup.onLoad({ filter: /.*/, namespace: "bench" }, () => ({ contents: replay, resolveDir: root }));
        },
      },
    ],
  });
  return { name: name.slice(name.indexOf(":") + 1).trim(), file, handler: "handler" };
}

/** Bundles what a scene is measured with. */
export async function variantsOf({ name, isHttp, functionName }: Scene, operations: ReadonlySet<string>) {
  const replay = replayModule(operations);
  const make = (label: string, entry: string, options: BuildOptions) =>
    bundled(`${name}: ${label}`, entry, replay, options);
  const peers = isHttp
    ? Object.entries(frameworks).map(([label, file]) => make(label, `export * from "./${file}.mjs";`, tuned))
    : [];
  return [
    await daybookVariant(functionName),
    ...(await Promise.all([
      make(yardstick, bare, defaults),
      make("bare SDK calls, tuned", bare, tuned),
      ...peers,
      make("empty handler", `export const handler = async () => ({ statusCode: 200, body: "{}" });`, tuned),
    ])),
  ];
}

/** Returns the bundle that would be deployed. */
export async function daybookVariant(functionName: string): Promise<Variant> {
  const graph = loadGraph(path.join(root, "infra/graph.local.json"));
  const fn = graph.functions.find((each) => each.name === functionName);
  if (!fn) throw new Error(`The graph has no ${functionName}`);
  const ignore = () => {};
  const cacheFolder = path.join(root, ".build/bundles");
  const only = { ...graph, functions: [fn] };
  const code = await openCodeStore({
    graph: only,
    root,
    cacheFolder,
    watch: false,
    onChange: ignore,
    onBroken: ignore,
  });
  const { file, handler } = code.codeOf(fn);
  return { name: daybook, file, handler };
}
