import { dynamo } from "../dynamodb/service.ts";
import { lambda } from "../lambda/service.ts";
import type { Service } from "../service.ts";
import { mappingTypes } from "./event-source-mapping.ts";
import { type StreamMappings, startStreamMappings } from "./streams.ts";

export const streams: Service<StreamMappings> = {
  types: mappingTypes,
  support: {
    title: "Event source mappings of table streams",
    implementation: "own",
    supported: [
      "Filters",
      "Batch size and batching window",
      "Order per item, and parallelization factor",
      "Checkpoints",
      "Partial batch responses and bisecting",
      "Retries and maximum record age",
      "Throttling that does not use up a retry",
      "Queues and topics as on-failure destinations",
    ],
    unsupported: {
      "Tumbling windows": "The log names them.",
      "Retry counts across a restart": "They start at 0 again.",
    },
  },
  start: (ground) => startStreamMappings({ ...ground, dynamo: ground.get(dynamo), invoker: ground.get(lambda) }),
};
