import type { Graph, GraphFunction } from "@daybook/local/graph/graph";

/** Functions of the API that form a group. */
export interface Group {
  readonly name: string;
  readonly functions: number;
}

/** A function that no request waits for: what invokes it, what it changes, and where its failures go. */
export interface Follower {
  readonly when: string;
  readonly runs: string;
  readonly reaches: readonly string[];
  readonly failures: string | undefined;
}

/** The content of a picture of the system. */
export interface System {
  readonly operations: number;
  readonly groups: readonly Group[];
  readonly followers: readonly Follower[];
  readonly hasSite: boolean;
  readonly hasPool: boolean;
  /** Path pattern of the distribution's route to a bucket: `/media/*`. */
  readonly files: string | undefined;
}

const kebab = (name: string) => name.replace(/(?<=[a-z0-9])[A-Z]/g, "-$&").toLowerCase();
/** Returns the name in a reference: `${TableTable.arn}/index/*` gives `TableTable`. */
const target = (reference: string) => /^\$\{([^.}]+)/.exec(reference)?.[1] ?? reference;
const listed = (value: string | readonly string[] | undefined) => (value === undefined ? [] : [value].flat());

function functionName({ handler, bundle }: GraphFunction, name: string): string {
  const source = handler?.replace(/\.\w+$/, "") ?? bundle?.folder ?? name;
  return (source.split("/").at(-1) ?? name).replace(/-function$/, "");
}

/** Returns a resource's name for a sentence. */
function resourceName(graph: Graph, name: string): string {
  const [type = ""] = Object.entries(graph.resources).find(([, resources]) => name in resources) ?? [];
  if (type === "aws:dynamodb:Table")
    return name === "TableTable" ? "table" : `table ${kebab(name.replace(/Table$/, ""))}`;
  if (type === "aws:sqs:Queue")
    return `queue ${kebab(name.replace(/Queue$/, "").replace(/Dlq$/, "-dlq"))}`.replace("--", "-");
  if (type === "aws:sns:Topic") return `topic ${kebab(name.replace(/Topic$/, ""))}`;
  if (type === "aws:s3:Bucket") return `bucket ${kebab(name.replace(/Bucket$/, ""))}`;
  if (type.startsWith("aws:sesv2:")) return "SES";
  if (type === "aws:cloudfront:Distribution") return "CloudFront";
  return kebab(name);
}

/** Actions that change data or send it on. Actions that only read from event sources are not included. */
const changes =
  /^(dynamodb:(Put|Update|Delete|BatchWrite)|sqs:SendMessage$|sns:Publish$|ses:Send|s3:(Put|Delete)|cloudfront:Create)/;

function reaches(graph: Graph, { policy = [] }: GraphFunction, failures: string | undefined): string[] {
  const resources = policy
    .filter(({ Effect, Action }) => Effect === "Allow" && listed(Action).some((action) => changes.test(action)))
    .flatMap(({ Resource }) => listed(Resource).map((each) => resourceName(graph, target(each))));
  return [...new Set(resources)].filter((name) => name !== failures);
}

type Properties = Readonly<Record<string, unknown>>;
const all = ({ resources }: Graph, type: string): [string, Properties][] => Object.entries(resources[type] ?? {});
const textOf = (value: unknown) => (typeof value === "string" ? value : "");

const mostKinds = 4;

/**
 * Returns the kinds of items that pass a mapping's filters, by their sort keys. If there are many, returns their
 * number.
 */
function kindsOf(filterCriteria: unknown): string {
  const sets = [...JSON.stringify(filterCriteria ?? {}).matchAll(/"sk":\{"S":\[([^\]]*)\]\}/g)];
  const names = sets.flatMap(([, set = ""]) => [...set.matchAll(/"([A-Z]+)#?"/g)].map(([, kind = ""]) => kind));
  const kinds = [...new Set(names)].map((kind) => kind.toLowerCase());
  return kinds.length > mostKinds ? `${kinds.length} kinds of items` : kinds.join(", ");
}

function mappingOf(graph: Graph, mapping: Properties): { when: string; failures: string | undefined } {
  const reference = textOf(mapping.eventSourceArn);
  const source = target(reference);
  const name = resourceName(graph, source);
  if (reference.includes("streamArn")) {
    const [, destination] = /"destinationArn":"([^"]+)"/.exec(JSON.stringify(mapping.destinationConfig ?? {})) ?? [];
    const kinds = kindsOf(mapping.filterCriteria);
    return {
      when: `${name} stream${kinds && `: ${kinds}`}`,
      failures: destination && resourceName(graph, target(destination)),
    };
  }
  const redrive = JSON.stringify(graph.resources["aws:sqs:Queue"]?.[source]?.redrivePolicy ?? {});
  const [, destination] = /"deadLetterTargetArn":"([^"]+)"/.exec(redrive) ?? [];
  const feeder = feederOf(graph, source);
  return {
    when: feeder === undefined ? name : `${feeder}, ${name}`,
    failures: destination && resourceName(graph, target(destination)),
  };
}

/** Returns the topic or bucket that sends to a queue. */
function feederOf(graph: Graph, queue: string): string | undefined {
  const isQueue = (reference: unknown) => target(textOf(reference)) === queue;
  const [, subscription] = all(graph, "aws:sns:TopicSubscription").find(([, { endpoint }]) => isQueue(endpoint)) ?? [];
  if (subscription) return resourceName(graph, target(textOf(subscription.topic)));
  const [, notification] =
    all(graph, "aws:s3:BucketNotification").find(([, { queues }]) =>
      [queues ?? []].flat().some((each) => isQueue(Object(each).queueArn)),
    ) ?? [];
  return notification && resourceName(graph, target(textOf(notification.bucket)));
}

/** Converts `rate(1 minute)` to `every minute`. Other expressions stay unchanged. */
function timeOf(expression: string): string {
  const [, count, unit] = /^rate\((\d+) (\w+)\)$/.exec(expression) ?? [];
  if (unit === undefined) return `schedule: ${expression}`;
  return count === "1" ? `every ${unit}` : `every ${count} ${unit}`;
}

/**
 * Yields all triggers that are not requests: event sources, triggers of the user pool, schedules, topics and buckets.
 */
function* calls(graph: Graph): Generator<{ name: string; when: string; failures?: string | undefined }> {
  for (const [, pool] of all(graph, "aws:cognito:UserPool"))
    for (const [trigger, reference] of Object.entries<unknown>(Object(pool.lambdaConfig)))
      yield {
        // A trigger with a version is a block that holds the function's ARN.
        name: target(textOf(Object(reference).lambdaArn ?? reference)),
        when: `user pool: ${trigger.replace(/Config$/, "")}`,
      };
  for (const [, mapping] of all(graph, "aws:lambda:EventSourceMapping"))
    yield { name: target(textOf(mapping.functionName)), ...mappingOf(graph, mapping) };
  for (const [, schedule] of all(graph, "aws:scheduler:Schedule"))
    yield {
      name: target(textOf(Object(schedule.target).arn)),
      when: timeOf(textOf(schedule.scheduleExpression)),
      failures: scheduleFailures(graph, schedule),
    };
  for (const [, subscription] of all(graph, "aws:sns:TopicSubscription"))
    if (subscription.protocol === "lambda")
      yield {
        name: target(textOf(subscription.endpoint)),
        when: resourceName(graph, target(textOf(subscription.topic))),
      };
  for (const [, notification] of all(graph, "aws:s3:BucketNotification"))
    for (const { lambdaFunctionArn } of [Object(notification).lambdaFunctions ?? []].flat())
      yield { name: target(textOf(lambdaFunctionArn)), when: resourceName(graph, target(textOf(notification.bucket))) };
}

function scheduleFailures(graph: Graph, schedule: Properties): string | undefined {
  const reference = textOf(Object(Object(schedule.target).deadLetterConfig).arn);
  return reference === "" ? undefined : resourceName(graph, target(reference));
}

function groupsOf({ functions, routes }: Graph): Group[] {
  const counts = new Map<string, number>();
  const operations = Object.values(routes).flatMap((api) => Object.entries(api).filter(([key]) => key !== "$default"));
  for (const [, route] of operations) {
    const feature = /([\w-]+)\.\w+$/.exec(functions[target(route.function ?? "")]?.handler ?? "")?.[1] ?? "other";
    counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, functions: count }))
    .sort((a, b) => b.functions - a.functions || (a.name < b.name ? -1 : 1));
}

/**
 * Sorts followers by what invokes them: user pool triggers, the table's stream, topics, queues, buckets, and schedules
 * last.
 */
const order = ({ when }: Follower) => {
  const place = ["user pool", "table stream", "topic", "queue", "bucket", "every", "schedule"].findIndex((source) =>
    when.startsWith(source),
  );
  return place >>> 0;
};

/** Returns the path pattern of the distribution's route to a bucket. */
function filesOf(graph: Graph): string | undefined {
  const routes = all(graph, "sst:aws:KvRoutesUpdate").map(([, { entry }]) => textOf(entry).split(","));
  const route = routes.find(([type]) => type === "bucket");
  return route && `${route.at(-1)}/*`;
}

/** Reads the content of the picture from a resource graph, which is the only source. */
export function readSystem(graph: Graph): System {
  const groups = groupsOf(graph);
  const followers = [...calls(graph)].flatMap(({ name, when, failures }) => {
    const fn = graph.functions[name];
    // A function without a handler of this project belongs to the site's internals, so it is omitted.
    return fn?.handler ? [{ when, runs: functionName(fn, name), reaches: reaches(graph, fn, failures), failures }] : [];
  });
  return {
    operations: groups.reduce((sum, group) => sum + group.functions, 0),
    groups,
    followers: followers.sort((a, b) => order(a) - order(b) || (a.runs < b.runs ? -1 : 1)),
    hasSite: all(graph, "aws:lambda:FunctionUrl").length > 0,
    hasPool: all(graph, "aws:cognito:UserPool").length > 0,
    files: filesOf(graph),
  };
}
