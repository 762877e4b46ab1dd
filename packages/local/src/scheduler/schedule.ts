import { deliveryAction } from "../deliver.ts";
import type { ResolvedGraph, Resource, Statement } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Log } from "../service-types.ts";

interface ScheduleInputs {
  readonly scheduleExpression: string;
  readonly scheduleExpressionTimezone: string;
  readonly state: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly target: {
    readonly arn?: string;
    readonly roleArn?: string;
    readonly input?: unknown;
    readonly retryPolicy?: { readonly maximumRetryAttempts?: number; readonly maximumEventAgeInSeconds?: number };
    readonly deadLetterConfig?: { readonly arn?: string };
  };
}

/** An enabled schedule of EventBridge Scheduler with a supported target. */
export interface Schedule {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly startsAt: number | undefined;
  readonly endsAt: number;
  readonly targetArn: string;
  /** IAM action for calling the target. */
  readonly action: string;
  /** Permissions of the schedule's role. */
  readonly statements: readonly Statement[];
  /** JSON or any text. Undefined for EventBridge's default event. */
  readonly input: string | undefined;
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  readonly deadLetterArn: string | undefined;
}

/** AWS's defaults. */
const defaults = { retries: 185, maximumAgeSeconds: 24 * 60 * 60 };

/** The program passes the input as a JSON string. The graph contains the parsed value. */
const inputOf = (input: unknown): string | undefined =>
  input === undefined || typeof input === "string" ? input : JSON.stringify(input);

function scheduleOf(graph: ResolvedGraph, resource: Resource, log: Log): Schedule | undefined {
  const inputs = inputsOf<ScheduleInputs>(resource);
  const { name } = resource;
  const target = inputs.target ?? {};
  const targetArn = target.arn ?? "";
  const action = deliveryAction(targetArn);
  if (inputs.state === "DISABLED") {
    log.info("scheduler", `${name} is disabled in the graph`);
    return undefined;
  }
  if (!action) {
    log.warn("scheduler", `not supported: the target ${targetArn} of ${name}`);
    return undefined;
  }
  const role = graph.all("aws:iam:Role").find(({ arn }) => arn === target.roleArn);
  return {
    name,
    arn: resource.arn ?? name,
    expression: inputs.scheduleExpression ?? "",
    zone: inputs.scheduleExpressionTimezone ?? "UTC",
    startsAt: inputs.startDate === undefined ? undefined : Date.parse(inputs.startDate),
    endsAt: inputs.endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(inputs.endDate),
    targetArn,
    action,
    statements: (role && inputsOf<{ policy: readonly Statement[] }>(role).policy) ?? [],
    input: inputOf(target.input),
    retries: target.retryPolicy?.maximumRetryAttempts ?? defaults.retries,
    maximumAgeSeconds: target.retryPolicy?.maximumEventAgeInSeconds ?? defaults.maximumAgeSeconds,
    deadLetterArn: target.deadLetterConfig?.arn,
  };
}

/** Returns the schedules of the graph that run here. The log names the others. */
export const schedulesOf = (graph: ResolvedGraph, log: Log): Schedule[] =>
  graph.all("aws:scheduler:Schedule").flatMap((resource) => scheduleOf(graph, resource, log) ?? []);
