import { randomBytes, randomUUID } from "node:crypto";
import type { ResolvedGraph } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Deliver, Emulator, Log } from "../service-types.ts";
import type { ObjectEvent } from "./events.ts";
import type { S3 } from "./s3.ts";

interface Target {
  readonly id?: string;
  readonly events: readonly string[];
  readonly filterPrefix?: string;
  readonly filterSuffix?: string;
}

interface NotificationInputs {
  readonly bucket: string;
  readonly lambdaFunctions: readonly (Target & { readonly lambdaFunctionArn: string })[];
  readonly queues: readonly (Target & { readonly queueArn: string })[];
  readonly topics: readonly (Target & { readonly topicArn: string })[];
}

/** Who is told of which objects of a bucket. */
interface Subscription extends Target {
  readonly bucket: string;
  readonly targetArn: string;
}

function subscriptionsOf(graph: ResolvedGraph): Subscription[] {
  return graph.all("aws:s3:BucketNotification").flatMap((resource) => {
    const { bucket = "", name, ...inputs } = inputsOf<NotificationInputs>(resource);
    const { lambdaFunctions = [], queues = [], topics = [] } = inputs;
    const targets = [
      ...lambdaFunctions.map(({ lambdaFunctionArn, ...target }) => ({ ...target, targetArn: lambdaFunctionArn })),
      ...queues.map(({ queueArn, ...target }) => ({ ...target, targetArn: queueArn })),
      ...topics.map(({ topicArn, ...target }) => ({ ...target, targetArn: topicArn })),
    ];
    return targets.map((target) => ({ id: name, ...target, bucket }));
  });
}

/** `s3:ObjectCreated:*` stands for every way of creation. */
const named = (pattern: string, event: string) =>
  pattern.endsWith("*") ? `s3:${event}`.startsWith(pattern.slice(0, -1)) : pattern === `s3:${event}`;

const concerns = (
  { bucket, events, filterPrefix = "", filterSuffix = "" }: Subscription,
  { bucket: where, key, name }: ObjectEvent,
): boolean =>
  bucket === where &&
  events.some((pattern) => named(pattern, name)) &&
  key.startsWith(filterPrefix) &&
  key.endsWith(filterSuffix);

/** Keys in notifications are encoded as in a form: a space is a plus sign, a slash stays. */
const encodedKey = (key: string) =>
  encodeURIComponent(key)
    .replaceAll("%20", "+")
    .replaceAll("%2F", "/")
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** S3's message about one object. */
function messageOf(event: ObjectEvent, configurationId: string | undefined, region: string): object {
  const { bucket, key, size, etag, sequencer } = event;
  const owner = { principalId: "LOCALOWNER" };
  const record = {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: event.time.toISOString(),
    eventName: event.name,
    userIdentity: { principalId: event.principal },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: {
      "x-amz-request-id": randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase(),
      "x-amz-id-2": randomBytes(48).toString("base64"),
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: { name: bucket, ownerIdentity: owner, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodedKey(key),
        ...(size !== undefined && { size }),
        ...(etag !== undefined && { eTag: etag.replaceAll('"', "") }),
        sequencer,
      },
    },
  };
  return { Records: [record] };
}

/**
 * Tells queues, topics and functions what becomes of objects, as the graph's bucket notifications say: in a message for each object
 * and target, which is taken in before the request is answered. The graph connects them, so no permission is asked for.
 */
export function startBucketNotifications(options: {
  readonly graph: ResolvedGraph;
  readonly s3: Pick<S3, "onObject">;
  readonly deliver: Deliver;
  readonly log: Log;
}): Emulator {
  const { graph, s3, deliver, log } = options;
  const subscriptions = subscriptionsOf(graph);
  const stop = s3.onObject(async (event) => {
    for (const subscription of subscriptions.filter((each) => concerns(each, event))) {
      const { id, targetArn } = subscription;
      // The object is there whether or not its notification finds its target, on AWS too.
      await deliver(targetArn, JSON.stringify(messageOf(event, id, graph.region))).catch((error: unknown) =>
        log.error("s3", `${event.name} of ${event.bucket}/${event.key} did not reach ${targetArn}: ${error}`),
      );
    }
  });
  return { name: "s3-notifications", close: async () => stop() };
}
