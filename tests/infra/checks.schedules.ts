import type { RawGraph } from "@daybook/local/graph/raw";
import { allows, block, type Check, complaints, functionsOf, grantsOf, ofType, queuesOf } from "./raw.ts";

const targetsOf = (graph: RawGraph) =>
  ofType(graph, "aws:scheduler/schedule:Schedule").map(({ name, inputs }) => ({ name, target: block(inputs.target) }));

/** The roles with which schedules call their functions. */
export const rolesOfSchedules = (graph: RawGraph): Set<unknown> =>
  new Set(targetsOf(graph).map(({ target }) => target.roleArn));

/** The dead-letter queues of schedules. */
export const deadLettersOfSchedules = (graph: RawGraph): unknown[] =>
  targetsOf(graph).map(({ target }) => block(target.deadLetterConfig).arn);

/** Schedules call an existing function, retry within bounds, and have a dead-letter queue. */
export const schedulesAreCarriedOut: Check = (graph) => {
  const schedules = targetsOf(graph).map(({ name, target }) => ({
    name,
    target,
    retries: block(target.retryPolicy),
    deadLetters: block(target.deadLetterConfig).arn,
    grants: grantsOf(graph, target.roleArn),
  }));
  return complaints(schedules, {
    "calls nothing": ({ target }) => functionsOf(graph).some(({ outputs }) => outputs.arn === target.arn),
    "may not call it": ({ grants, target }) => allows(grants, "lambda:InvokeFunction", target.arn),
    "repeats for a day": ({ retries }) =>
      Number(retries.maximumRetryAttempts) > 0 && Number(retries.maximumEventAgeInSeconds) <= 60 * 60,
    "loses what it gives up": ({ deadLetters }) => queuesOf(graph).some(({ outputs }) => outputs.arn === deadLetters),
    "may not keep what it gives up": ({ grants, deadLetters }) => allows(grants, "sqs:SendMessage", deadLetters),
  });
};
