import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { CloudOptions } from "@daybook/local/cloud-options";
import type { Graph, Statement } from "@daybook/local/graph/graph";
import { readGraph, resolveGraph } from "@daybook/local/graph/load";
import { root } from "./command.ts";

/** Folder to which the local clouds of a test run write the grants that they used. Set only during a full run. */
export const grantsVariable = "DAYBOOK_GRANTS";

/** Grants that tests cannot be relied on to use, with the reason. */
const unusable: readonly { readonly grants: RegExp; readonly reason: string }[] = [
  {
    grants: /: dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) on /,
    reason: "Lambda reads streams with the function's role; the local cloud reads them without it",
  },
  {
    grants: /: sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|ReceiveMessage) on /,
    reason: "Lambda reads queues with the function's role; the local cloud reads them without it",
  },
  {
    grants: /: sqs:SendMessage on .*Dlq/,
    reason: "Lambda sends failed records with the function's role; the local cloud sends them without it",
  },
  {
    grants: /^MakeVariantsFunction: s3:ListBucket on .*-uploadsbucket$/,
    reason: "S3 checks it internally before it returns 404 instead of 403",
  },
  {
    grants: /^ConfirmResetFunction: dynamodb:DeleteItem /,
    reason: "PostConfirmation has already ended the sessions, except one that started in between",
  },
  { grants: /^Site/, reason: "SST's own functions for Next.js, with the grants that SST gives them" },
];

const line = (name: string, action: string, resource: string) => `${name}: ${action} on ${resource}`;

/** Returns the options that make a local cloud record each grant once. Empty outside a full test run. */
export function grantRecorder(): Pick<CloudOptions, "onAllowed"> {
  const folder = process.env[grantsVariable];
  if (!folder) return {};
  const seen = new Set<string>();
  const file = path.join(folder, `${process.pid}.txt`);
  return {
    onAllowed(principal, action, resource) {
      const used = line(principal.name, action, resource);
      if (!principal.statements || seen.has(used)) return;
      seen.add(used);
      appendFileSync(file, `${used}\n`);
    },
  };
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** Lists the grants of a statement: pairs of one action and one resource, which may end in `*`. */
const grantsOf = (statement: Statement) =>
  statement.Effect === "Allow"
    ? list(statement.Action).flatMap((action) => list(statement.Resource).map((resource) => ({ action, resource })))
    : [];

const covers = (pattern: string, value: string) =>
  new RegExp(`^${pattern.split("*").map(RegExp.escape).join(".*")}$`).test(value);

/**
 * Returns the grants of a graph that no test used.
 * @param used lines of used grants, as local clouds write them
 * @param exceptions grants that tests need not use; an exception that matches no grant is reported as well
 */
export function unusedGrants(graph: Graph, used: readonly string[], exceptions = unusable): string[] {
  const all = resolveGraph(graph).functions.flatMap(({ name, policy = [] }) =>
    policy.flatMap(grantsOf).map(({ action, resource }) => line(name, action, resource)),
  );
  const unused = all.filter((grant) => !used.some((each) => covers(grant, each)));
  const stale = exceptions.filter(({ grants }) => !all.some((grant) => grants.test(grant)));
  return [
    ...unused.filter((grant) => !exceptions.some(({ grants }) => grants.test(grant))),
    ...stale.map(({ grants }) => `the exception ${grants} matches no grant`),
  ];
}

/**
 * Returns the grants of the committed graph that a full test run did not use.
 * @param folder folder to which its local clouds wrote
 */
export function unusedGrantsOf(folder: string): string[] {
  const used = readdirSync(folder).flatMap((file) => readFileSync(path.join(folder, file), "utf8").trim().split("\n"));
  return unusedGrants(readGraph(path.join(root, "infra/graph.local.json")), used);
}
