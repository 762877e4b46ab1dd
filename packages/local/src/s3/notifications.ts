import { randomBytes, randomUUID } from "node:crypto";
import type { ResolvedGraph } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Ground } from "../service.ts";
import type { ObjectEvent, ObjectListener } from "./events.ts";

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

/** A target for notifications of a bucket's objects. */
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

/** Matches an event name. `s3:ObjectCreated:*` matches every kind of creation. */
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

/** Encodes a key for notifications, as in a form: a space becomes a plus sign, a slash is kept. */
const encodedKey = (key: string) =>
  encodeURIComponent(key)
    .replaceAll("%20", "+")
    .replaceAll("%2F", "/")
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Builds S3's message about one object. */
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
 * Returns a listener that delivers object events to queues, topics and functions according to the graph's bucket
 * notifications, one message per object and target. A request is answered after its messages were accepted. The graph
 * connects the targets, so no permission is checked.
 */
export function createNotifications({
  graph,
  deliver,
  log,
}: Pick<Ground, "graph" | "deliver" | "log">): ObjectListener {
  const subscriptions = subscriptionsOf(graph);
  return async (event) => {
    for (const subscription of subscriptions.filter((each) => concerns(each, event))) {
      const { id, targetArn } = subscription;
      // As on AWS, a failed notification does not affect the object.
      await deliver(targetArn, JSON.stringify(messageOf(event, id, graph.region))).catch((error: unknown) =>
        log.error("s3", `${event.name} of ${event.bucket}/${event.key} did not reach ${targetArn}: ${error}`),
      );
    }
  };
}
