import { api, routedFunctions } from "./api.ts";
import { email } from "./email.ts";
import { streamFunctions } from "./events.ts";
import { functions } from "./function.ts";
import { noticesFrom } from "./notices.ts";
import { deadLetterQueues, workQueues } from "./queue.ts";
import { policyOf } from "./stage.ts";
import { siteFunctions } from "./web.ts";

const { alarms, alarmAddress, region } = policyOf($app.stage);

type Metric = Pick<aws.types.input.cloudwatch.MetricAlarmMetricQueryMetric, "namespace" | "metricName" | "dimensions">;

interface Rule {
  readonly description: string;
  /** An alarm accepts at most ten metrics. */
  readonly metrics: readonly Metric[];
  /** Statistic of each metric per period. */
  readonly statistic: string;
  /** Combines the metrics into one value. */
  readonly combined: "SUM" | "MAX";
  /** The alarm fires above this value. */
  readonly threshold: number;
  readonly periodSeconds?: number;
  /** Number of consecutive periods above the threshold. */
  readonly periods?: number;
  /** Treatment of missing data; `notBreaching` by default. */
  readonly missing?: "notBreaching" | "ignore";
}

const metricsOfAnAlarm = 10;

const ofFunction = (metricName: string) => (name: $util.Input<string>) => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: name },
});
const ofQueue = (metricName: string) => (queue: sst.aws.Queue) => ({
  namespace: "AWS/SQS",
  metricName,
  dimensions: { QueueName: queue.nodes.queue.name },
});
const ofApi = (metricName: string) => ({
  namespace: "AWS/ApiGateway",
  metricName,
  dimensions: { ApiId: api.nodes.api.id },
});

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Alarms on errors and throttles of functions, for five functions each. */
const failures = (tier: string, names: readonly $util.Input<string>[]) =>
  chunks(names, metricsOfAnAlarm / 2).map((some, i): [string, Rule] => [
    `${tier}Failures${i || ""}`,
    {
      description: `Functions of the tier "${tier}" fail or are throttled`,
      metrics: [...some.map(ofFunction("Errors")), ...some.map(ofFunction("Throttles"))],
      statistic: "Sum",
      combined: "SUM",
      // A single failure is retried. Failures beyond the retries go to a dead-letter queue, which has an alarm.
      threshold: 4,
    },
  ]);

/** Alarms for queues, ten queues each. */
const queues = (name: string, metricName: string, of: readonly sst.aws.Queue[], rule: Omit<Rule, "metrics">) =>
  chunks(of, metricsOfAnAlarm).map((some, i): [string, Rule] => [
    `${name}${i || ""}`,
    { ...rule, metrics: some.map(ofQueue(metricName)) },
  ]);

const nameOf = (fn: sst.aws.Function) => fn.nodes.function.name;

/**
 * All alarms of the stage. A failing API function, including throttling, appears as a 5xx response of the gateway, so
 * one alarm covers all of them. Each metric of an alarm costs ten cents a month.
 */
function rules(): [string, Rule][] {
  const background = [...functions].filter(([name]) => !routedFunctions.has(name)).map(([, fn]) => nameOf(fn));
  const fiveMinutes = 300_000;
  return [
    ...failures("Background", background),
    ...failures("Site", siteFunctions),
    [
      "ApiErrors",
      {
        description: "The API returns 5xx responses",
        metrics: [ofApi("5xx")],
        statistic: "Sum",
        combined: "SUM",
        threshold: 4,
      },
    ],
    [
      "ApiLatency",
      {
        description: "The p99 latency of the API exceeds 3 seconds",
        metrics: [ofApi("Latency")],
        statistic: "p99",
        combined: "MAX",
        threshold: 3000,
        periods: 3,
      },
    ],
    [
      "IteratorAge",
      {
        description: "Consumers of the table's stream are more than five minutes behind",
        metrics: streamFunctions.map((fn) => ofFunction("IteratorAge")(nameOf(fn))),
        statistic: "Maximum",
        combined: "MAX",
        threshold: fiveMinutes,
        periods: 2,
      },
    ],
    ...queues("DeadLetters", "ApproximateNumberOfMessagesVisible", deadLetterQueues, {
      description: "A dead-letter queue has messages",
      statistic: "Maximum",
      combined: "SUM",
      threshold: 0,
    }),
    ...queues("QueueAge", "ApproximateAgeOfOldestMessage", workQueues, {
      description: "The oldest message of a queue is more than fifteen minutes old",
      statistic: "Maximum",
      combined: "MAX",
      threshold: 15 * 60,
      periods: 2,
    }),
    ...(email ? reputation(email.configurationSetName) : []),
  ];
}

/** AWS reviews an account above these rates. A configuration set without mail has no rate. */
function reputation(set: $util.Output<string>): [string, Rule][] {
  const rate = (name: string, threshold: number, what: string): [string, Rule] => [
    `Mail${name}`,
    {
      description: `More than ${threshold * 100} % of our mail ${what}`,
      metrics: [
        { namespace: "AWS/SES", metricName: `Reputation.${name}Rate`, dimensions: { "ses:configuration-set": set } },
      ],
      statistic: "Average",
      combined: "MAX",
      threshold,
      periodSeconds: 3600,
      missing: "ignore",
    },
  ];
  return [rate("Bounce", 0.05, "bounces"), rate("Complaint", 0.001, "is complained about")];
}

function alarm(name: string, rule: Rule, actions: $util.Input<string>[]) {
  const { description, metrics, statistic, combined, threshold, periodSeconds = 300, periods = 1 } = rule;
  const ids = metrics.map((_, i) => `m${i}`);
  new aws.cloudwatch.MetricAlarm(`${name}Alarm`, {
    alarmDescription: `${$app.name} ${$app.stage}: ${description}`,
    metricQueries: [
      ...metrics.map((metric, i) => ({ id: `m${i}`, metric: { ...metric, period: periodSeconds, stat: statistic } })),
      { id: "all", expression: `${combined}([${ids.join(", ")}])`, label: description, returnData: true },
    ],
    comparisonOperator: "GreaterThanThreshold",
    threshold,
    evaluationPeriods: periods,
    treatMissingData: rule.missing ?? "notBreaching",
    alarmActions: actions,
    okActions: actions,
  });
}

/** Dashboard for investigating alarms and for regular checks. */
function dashboard(all: readonly [string, Rule][]) {
  const widget = (title: string, metrics: readonly Metric[], stat: string) => ({
    type: "metric",
    width: 8,
    height: 6,
    properties: {
      title,
      region,
      stat,
      period: 300,
      metrics: metrics.map(({ namespace, metricName, dimensions = {} }) =>
        $output(dimensions).apply((keys) => [namespace, metricName, ...Object.entries(keys).flat()]),
      ),
    },
  });
  const widgets = [
    widget("Requests", [ofApi("Count"), ofApi("4xx"), ofApi("5xx")], "Sum"),
    widget("Latency, median, ms", [ofApi("Latency"), ofApi("IntegrationLatency")], "p50"),
    ...all.map(([, { description, metrics, statistic }]) => widget(description, metrics, statistic)),
  ];
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: $jsonStringify({ widgets }),
  });
}

// Under `sst dev`, handlers run on the developer's machine, and the developer sees their failures.
if (alarms && !$dev) {
  const account = aws.getCallerIdentityOutput({}).accountId;
  const source = $interpolate`arn:aws:cloudwatch:${region}:${account}:alarm:*`;
  const topic = noticesFrom("cloudwatch.amazonaws.com", "Alarms", source);
  if (alarmAddress !== undefined) {
    new aws.sns.TopicSubscription("AlarmsAddress", { topic: topic.arn, protocol: "email", endpoint: alarmAddress });
  }
  const all = rules();
  for (const [name, rule] of all) alarm(name, rule, [topic.arn]);
  dashboard(all);
}
