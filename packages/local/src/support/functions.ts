import { carriedOut, only, type Rules, withoutEffect } from "./rules.ts";

/** Rules for an entry of the graph's functions. */
export const functionEntry: Rules = {
  ...carriedOut("build", "bundle", "concurrency", "copyFiles", "environment", "handler", "links", "memory", "policy"),
  ...carriedOut("deadLetter", "invokedBy", "timeout"),
  ...withoutEffect("only a person reads it", "description"),
  ...withoutEffect("a function runs on the processor of this machine", "architecture"),
  ...withoutEffect("each request is in the log with its id", "tracingConfig"),
  ...withoutEffect("variables are kept in memory alone", "kmsKeyArn", "kmsKeyId"),
  ...withoutEffect("a start is quick here", "snapStart"),
  ...withoutEffect("a streamed answer is the same answer, in one piece", "streaming"),
  ...withoutEffect("the disk of this machine is the limit", "ephemeralStorage"),
  runtime: { fits: (value) => typeof value === "string" && value.startsWith("nodejs") },
  packageType: only("Zip"),
};

/** Rules for functions' URLs and roles. */
export const functions: Readonly<Record<string, Rules>> = {
  "aws:iam:Role": withoutEffect("a service assumes it, or nobody", "policy"),
  "aws:lambda:FunctionUrl": {
    ...carriedOut("functionName", "authorizationType"),
    ...withoutEffect("a distribution stands in front, so that browsers meet its headers", "cors"),
    invokeMode: only("BUFFERED", "RESPONSE_STREAM"),
  },
};
