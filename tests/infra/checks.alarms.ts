import type { RawGraph } from "@daybook/local/graph/raw";
import { redriveOf } from "./checks.events.ts";
import { alarmsOf, block, type Check, complaints, functionsOf, ofType, queuesOf } from "./raw.ts";
import { list } from "./stages.ts";

/** Whether an alarm watches a metric of a resource, such as a function, a queue or an API. */
const isWatched = (graph: RawGraph, metricName: string, dimension: string, value: unknown) =>
  alarmsOf(graph).some(({ metrics }) =>
    metrics.some((metric) => metric.metricName === metricName && block(metric.dimensions)[dimension] === value),
  );

/** The functions behind the routes of a watched API. Their failures count as errors of the API. */
function watchedByTheApi(graph: RawGraph): Set<unknown> {
  const integrations = ofType(graph, "aws:apigatewayv2/integration:Integration").filter(({ inputs }) =>
    isWatched(graph, "5xx", "ApiId", inputs.apiId),
  );
  return new Set(integrations.map(({ inputs }) => inputs.integrationUri));
}

/** Failures, dead letters and backlogs of all resources have an alarm. */
export const everythingIsWatched: Check = (graph) => {
  const byApi = watchedByTheApi(graph);
  const streamFunctions = ofType(graph, "aws:lambda/eventSourceMapping:EventSourceMapping")
    .filter(({ inputs }) => String(inputs.eventSourceArn).includes(":dynamodb:"))
    .flatMap(({ inputs }) => functionsOf(graph).filter(({ outputs }) => outputs.arn === inputs.functionName));
  const watchedDlq = (arn: unknown) =>
    queuesOf(graph).some(
      ({ outputs }) =>
        outputs.arn === arn && isWatched(graph, "ApproximateNumberOfMessagesVisible", "QueueName", outputs.name),
    );
  return [
    ...complaints(functionsOf(graph), {
      "can fail unseen": ({ outputs }) =>
        byApi.has(outputs.arn) || isWatched(graph, "Errors", "FunctionName", outputs.name),
      "can be throttled unseen": ({ outputs }) =>
        byApi.has(outputs.arn) || isWatched(graph, "Throttles", "FunctionName", outputs.name),
    }),
    ...complaints(streamFunctions, {
      "can fall behind unseen": ({ outputs }) => isWatched(graph, "IteratorAge", "FunctionName", outputs.name),
    }),
    ...complaints(queuesOf(graph), {
      "can give up unseen": (queue) => watchedDlq(queue.outputs.arn) || watchedDlq(redriveOf(queue).arn),
      "can fall behind unseen": (queue) =>
        // SST's revalidation queues are exempt: a failed revalidation happens again with the next visitor.
        queue.name.startsWith("Site") ||
        watchedDlq(queue.outputs.arn) ||
        isWatched(graph, "ApproximateAgeOfOldestMessage", "QueueName", queue.outputs.name),
    }),
    ...complaints(ofType(graph, "aws:apigatewayv2/api:Api"), {
      "can be slow unseen": ({ outputs }) => isWatched(graph, "Latency", "ApiId", outputs.id),
    }),
    ...complaints(ofType(graph, "aws:sesv2/configurationSet:ConfigurationSet"), {
      "can lose its reputation unseen": ({ outputs }) =>
        ["Bounce", "Complaint"].every((name) =>
          isWatched(graph, `Reputation.${name}Rate`, "ses:configuration-set", outputs.configurationSetName),
        ),
    }),
  ];
};

/** Each alarm notifies a topic, stays within AWS's limits, and has exactly one result. */
export const alarmsAreHeard: Check = (graph) => {
  const topics = ofType(graph, "aws:sns/topic:Topic").map(({ outputs }) => outputs.arn);
  return complaints(alarmsOf(graph), {
    "tells nobody": ({ inputs }) => list(inputs.alarmActions).some((arn) => topics.some((topic) => topic === arn)),
    "looks at more than AWS allows": ({ metrics }) => metrics.length > 0 && metrics.length <= 10,
    "does not say which of its numbers counts": ({ queries }) =>
      queries.filter(({ returnData }) => returnData === true).length === 1,
    "does not say what no data mean": ({ inputs }) =>
      ["notBreaching", "ignore"].includes(String(inputs.treatMissingData)),
  });
};
