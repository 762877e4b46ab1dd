import { lambda } from "../lambda/service.ts";
import { queues } from "../queues/service.ts";
import type { Service } from "../service.ts";
import type { Emulator } from "../service-types.ts";
import { mappingTypes } from "../streams/event-source-mapping.ts";
import { startQueueMappings } from "./queue-mappings.ts";

export const queueMappings: Service<Emulator> = {
  types: mappingTypes,
  support: {
    title: "Event source mappings of queues",
    implementation: "own",
    supported: ["Filters", "Batch size and batching window", "Maximum concurrency", "Partial batch responses"],
    unsupported: { "Scaling of the pollers": "Ten batches run at once, unless the maximum concurrency is lower." },
  },
  start: (ground) => startQueueMappings({ ...ground, queues: ground.get(queues), invoker: ground.get(lambda) }),
};
