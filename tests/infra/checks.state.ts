import { block, type Check, complaints, functionsOf, ofType } from "./raw.ts";
import { list } from "./stages.ts";

/** Every function has its architecture, runtime, memory, timeout and log group, and logs expire. */
export const functionsAreBounded: Check = (graph) => {
  const groups = ofType(graph, "aws:cloudwatch/logGroup:LogGroup");
  return [
    ...complaints(functionsOf(graph), {
      "is not of its architecture": ({ inputs }) =>
        list(inputs.architectures).join() === (isLive(inputs.description) ? "x86_64" : "arm64"),
      "is not of its runtime": ({ inputs }) =>
        inputs.runtime === (isLive(inputs.description) ? "provided.al2023" : "nodejs24.x"),
      "has no memory": ({ inputs }) => Number(inputs.memorySize) >= 128,
      "has no timeout": ({ inputs }) => Number(inputs.timeout) > 0,
      "does not log in JSON": ({ inputs }) => block(inputs.loggingConfig).logFormat === "JSON",
      "has no log of its own": ({ inputs }) =>
        groups.some(({ inputs: group }) => group.name === block(inputs.loggingConfig).logGroup),
    }),
    ...complaints(groups, { "is never forgotten": ({ inputs }) => Number(inputs.retentionInDays) > 0 }),
  ];
};

/** CloudFront accepts functions of at most 10,240 bytes, including the code that SST adds. */
export const edgeFunctionsAreSmall: Check = (graph) =>
  complaints(ofType(graph, "aws:cloudfront/function:Function"), {
    "is larger than 10,000 bytes": ({ inputs }) => Buffer.byteLength(String(inputs.code)) <= 10_000,
  });

/** `sst dev` runs handlers on the developer's machine. */
const isLive = (description: unknown) => String(description).endsWith("live)") || description === "live";

/** User data is retained when it leaves the program, and is protected against deletion. */
export const dataAreKept: Check = (graph) => {
  const stateful = graph.resources.filter(
    ({ type, name }) =>
      // Build output and caches are not user data.
      !name.startsWith("Site") &&
      ["aws:dynamodb/table:Table", "aws:cognito/userPool:UserPool", "aws:s3/bucket:Bucket"].includes(type),
  );
  return [
    ...(graph.removal === "retain" && graph.protect ? [] : ["the stage can be removed"]),
    ...(stateful.length >= 4 ? [] : ["data are missing"]),
    ...complaints(stateful, { "goes when it leaves the program": ({ retainOnDelete }) => retainOnDelete }),
    ...complaints(
      ofType(graph, "aws:dynamodb/table:Table").filter(({ name }) => !name.startsWith("Site")),
      {
        "can be deleted": ({ inputs }) => inputs.deletionProtectionEnabled === true,
        "has no backups": ({ inputs }) => block(inputs.pointInTimeRecovery).enabled === true,
      },
    ),
    ...complaints(ofType(graph, "aws:cognito/userPool:UserPool"), {
      "can be deleted": ({ inputs }) => inputs.deletionProtection === "ACTIVE",
    }),
  ];
};

/** A stage other than production is removed completely, so that no remaining resource costs money. */
export const nothingIsLeft: Check = (graph) => [
  ...(graph.removal === "remove" && !graph.protect ? [] : ["the stage stays"]),
  ...complaints(
    // A queue policy is deleted with its queue.
    graph.resources.filter(({ custom, type }) => custom && type !== "aws:sqs/queuePolicy:QueuePolicy"),
    {
      stays: ({ retainOnDelete }) => !retainOnDelete,
      "cannot be deleted": ({ inputs }) =>
        inputs.deletionProtectionEnabled !== true && inputs.deletionProtection !== "ACTIVE",
    },
  ),
];
