import { asyncInvocations } from "./async-invocations/service.ts";
import { cloudFrontApi } from "./cloudfront-api/service.ts";
import { cognito } from "./cognito/service.ts";
import { dynamo } from "./dynamodb/service.ts";
import { edge } from "./edge/service.ts";
import { gateway } from "./gateway/service.ts";
import { program } from "./graph/service.ts";
import { iam } from "./iam/service.ts";
import { lambda } from "./lambda/service.ts";
import { lambdaApi } from "./lambda-api/service.ts";
import { mailbox } from "./mailbox/service.ts";
import { queueMappings } from "./queue-mappings/service.ts";
import { queues } from "./queues/service.ts";
import { s3 } from "./s3/service.ts";
import { scheduler } from "./scheduler/service.ts";
import type { Ground, Service } from "./service.ts";
import { ses } from "./ses/service.ts";
import { sns } from "./sns/service.ts";
import { streams } from "./streams/service.ts";

/**
 * The services of the local cloud, in the order of their start. They close in reverse order. APIs start before the
 * functions that call them, functions before the event sources and entry points that invoke them.
 */
export const services = {
  program,
  iam,
  mailbox,
  dynamo,
  queues,
  s3,
  cognito,
  sns,
  ses,
  lambdaApi,
  cloudFrontApi,
  lambda,
  asyncInvocations,
  streams,
  queueMappings,
  scheduler,
  gateway,
  edge,
} satisfies Readonly<Record<string, Service>>;

/** The running services by their names in the list. */
export type Parts = {
  readonly [Name in keyof typeof services]: Awaited<ReturnType<(typeof services)[Name]["start"]>>;
};

/** Returns the running services by their names in the list. */
export function partsOf(get: Ground["get"]): Parts {
  const parts = Object.entries<Service>(services).map(([name, service]) => [name, get(service)]);
  // `Object.fromEntries` loses the type of each name.
  return Object.fromEntries(parts) as Parts;
}
