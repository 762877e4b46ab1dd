import type { Statement } from "@daybook/local/graph/graph";
import { isRecord, type RawGraph, type RawResource } from "@daybook/local/graph/raw";
import { list } from "./stages.ts";

/** What is wrong with a graph, in sentences; nothing when all is as it should be. */
export type Check = (graph: RawGraph) => string[];

/** Resources of a type: `aws:lambda/function:Function`. */
export const ofType = (graph: RawGraph, type: string): RawResource[] =>
  graph.resources.filter((resource) => resource.custom && resource.type === type);

export const functionsOf = (graph: RawGraph) => ofType(graph, "aws:lambda/function:Function");
export const queuesOf = (graph: RawGraph) => ofType(graph, "aws:sqs/queue:Queue");

/** A block of a resource's inputs. */
export const block = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
export const blocks = (value: unknown) => list(value).map(block);

/** Alarms with the metrics that they look at. */
export const alarmsOf = (graph: RawGraph) =>
  ofType(graph, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name, inputs }) => {
    const queries = blocks(inputs.metricQueries);
    const metrics = queries.map(({ metric }) => block(metric)).filter(({ metricName }) => metricName !== undefined);
    return { name, inputs, queries, metrics };
  });

/** What alarms look at: each metric costs by the month. */
export const metricsOf = (graph: RawGraph) => alarmsOf(graph).flatMap(({ metrics }) => metrics);

/** A policy's statements, with whom they are for. */
export type PolicyStatement = Statement & { readonly Principal?: unknown };

/** The statements of a policy document in JSON; AWS writes policies, and so are they of this shape. */
export const statementsIn = (document: unknown): PolicyStatement[] =>
  typeof document === "string"
    ? JSON.parse(document).Statement
    : ((block(document).Statement as PolicyStatement[] | undefined) ?? []);

/** What the role with this ARN may do. */
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

/** `something: complaint` for each of the things of which a rule does not hold. */
export function complaints<Thing extends { readonly name: string }>(
  things: readonly Thing[],
  rules: Readonly<Record<string, (thing: Thing) => boolean>>,
): string[] {
  return things.flatMap((thing) =>
    Object.entries(rules).flatMap(([rule, holds]) => (holds(thing) ? [] : [`${thing.name} ${rule}`])),
  );
}
