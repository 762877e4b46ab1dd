import type { Statement } from "@daybook/local/graph/graph";
import type { RawGraph, RawResource } from "@daybook/local/graph/raw";
import { isObject } from "@daybook/local/json";
import { list } from "./stages.ts";

/** A check of a graph. Returns its complaints, or an empty array. */
export type Check = (graph: RawGraph) => string[];

/** Returns the resources of a type such as `aws:lambda/function:Function`. */
export const ofType = (graph: RawGraph, type: string): RawResource[] =>
  graph.resources.filter((resource) => resource.custom && resource.type === type);

export const functionsOf = (graph: RawGraph) => ofType(graph, "aws:lambda/function:Function");
export const queuesOf = (graph: RawGraph) => ofType(graph, "aws:sqs/queue:Queue");

/** Returns a value as an object; an empty one if it is none. */
export const block = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});
export const blocks = (value: unknown) => list(value).map(block);

/** Returns all alarms with the metrics that they watch. */
export const alarmsOf = (graph: RawGraph) =>
  ofType(graph, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name, inputs }) => {
    const queries = blocks(inputs.metricQueries);
    const metrics = queries.map(({ metric }) => block(metric)).filter(({ metricName }) => metricName !== undefined);
    return { name, inputs, queries, metrics };
  });

/** Returns all metrics that alarms watch. Each has a monthly price. */
export const metricsOf = (graph: RawGraph) => alarmsOf(graph).flatMap(({ metrics }) => metrics);

/** A statement of a policy, with its principal. */
export type PolicyStatement = Statement & { readonly Principal?: unknown };

/** Returns the statements of a policy document, which may be JSON text. */
export const statementsIn = (document: unknown): PolicyStatement[] =>
  typeof document === "string"
    ? JSON.parse(document).Statement
    : ((block(document).Statement as PolicyStatement[] | undefined) ?? []);

/** Returns the statements of the role with this ARN. */
export function grantsOf(graph: RawGraph, roleArn: unknown): PolicyStatement[] {
  const role = ofType(graph, "aws:iam/role:Role").find(({ outputs }) => outputs.arn === roleArn);
  return blocks(role?.inputs.inlinePolicies).flatMap(({ policy }) => statementsIn(policy));
}

/** Whether the statements allow an action on exactly this resource. */
export const allows = (statements: readonly PolicyStatement[], action: string, resource: unknown): boolean =>
  statements.some(
    ({ Effect, Action, Resource }) =>
      Effect === "Allow" && list(Action).includes(action) && list(Resource).some((each) => each === resource),
  );

/** Returns `name: complaint` for each thing and each rule that it violates. */
export function complaints<Thing extends { readonly name: string }>(
  things: readonly Thing[],
  rules: Readonly<Record<string, (thing: Thing) => boolean>>,
): string[] {
  return things.flatMap((thing) =>
    Object.entries(rules).flatMap(([rule, holds]) => (holds(thing) ? [] : [`${thing.name} ${rule}`])),
  );
}
