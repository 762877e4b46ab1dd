import type { Service } from "../service.ts";
import { ignored, only, supported } from "../support/rules.ts";
import { type Lambda, startLambda } from "./lambda.ts";

export const lambda: Service<Lambda> = {
  types: {
    "aws:lambda:Function": {
      ...supported("build", "bundle", "concurrency", "copyFiles", "environment", "handler", "links", "memory"),
      ...supported("deadLetter", "invokedBy", "policy", "timeout"),
      ...ignored("It is only a description.", "description"),
      ...ignored("Functions run on this machine's processor.", "architecture"),
      ...ignored("The log has a line with the id of each request.", "tracingConfig"),
      ...ignored("Environment variables are kept in memory only.", "kmsKeyArn", "kmsKeyId"),
      ...ignored("Cold starts are fast.", "snapStart"),
      ...ignored("A streamed response is sent in one piece.", "streaming"),
      ...ignored("This machine's disk is the limit.", "ephemeralStorage"),
      runtime: { fits: (value) => typeof value === "string" && value.startsWith("nodejs") },
      packageType: only("Zip"),
    },
    "aws:lambda:FunctionUrl": {
      ...supported("functionName", "authorizationType"),
      ...ignored("Browsers see the headers of the distribution in front.", "cors"),
      invokeMode: only("BUFFERED", "RESPONSE_STREAM"),
    },
  },
  support: {
    title: "Lambda",
    implementation: "own",
    supported: [
      "Worker threads, or a process if a bundle needs its own folder or native memory",
      "One event at a time per instance",
      "Reserved concurrency, and an optional quota of the account, with throttling",
      "Timeout and memory limits",
      "The format of errors in the handler and during initialization",
      "SST's bundling with its options",
      "Function URLs as origins of a distribution",
    ],
    unsupported: {
      "Freezing an instance between invocations": "Background work continues.",
      "Runtimes other than Node.js, layers and VPCs": "The log names them.",
      "Function URLs without a distribution": "The log names them.",
    },
  },
  start: ({ options, graph, log, environment, addresses }) =>
    startLambda({ ...options, graph, log, environment, distributionPort: addresses.edge }),
};
