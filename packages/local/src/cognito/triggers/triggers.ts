import { isObject } from "../../json.ts";
import type { InvokeResult, Invoker } from "../../service-types.ts";
import { invalidLambdaResponse, unexpectedLambda, userLambdaValidation } from "../errors.ts";
import type { Input } from "../input.ts";
import type { Pool } from "../pools.ts";
import type { TriggerName } from "./trigger-names.ts";

export interface TriggerCall {
  /** The part of AWS's `triggerSource` after the trigger's name: `ConfirmSignUp`. */
  readonly source: string;
  readonly pool: Pool;
  /** `CLIENT_ID_NOT_APPLICABLE` for an administrator's call. */
  readonly clientId: string;
  readonly username: string;
  readonly userAttributes: Readonly<Record<string, string>>;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** Members of the request that only this trigger has. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** Initial `response` of the event, which the function fills in. */
  readonly response?: Readonly<Record<string, unknown>>;
}

const attempts = 3;
const awsName = (trigger: TriggerName) => trigger.charAt(0).toUpperCase() + trigger.slice(1);

function eventOf(trigger: TriggerName, call: TriggerCall) {
  const { pool, clientMetadata = {} } = call;
  return {
    version: trigger === "preTokenGeneration" ? pool.preTokenGenerationVersion : "1",
    region: pool.region,
    userPoolId: pool.id,
    userName: call.username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: call.clientId },
    triggerSource: `${trigger === "preTokenGeneration" ? "TokenGeneration" : awsName(trigger)}_${call.source}`,
    request: {
      userAttributes: call.userAttributes,
      ...call.request,
      ...(Object.keys(clientMetadata).length > 0 && { clientMetadata }),
    },
    response: call.response ?? {},
  };
}

/** Waits for at most `limitMs`. The function keeps running after that. */
async function withLimit<Result>(work: Promise<Result>, limitMs: number): Promise<Result | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Invokes the functions of a pool's `lambdaConfig`.
 * @param limitMs time limit for one attempt. A slow function is retried, up to three attempts in all.
 */
export function createTriggers(invoker: Invoker, limitMs: number) {
  async function invoke(name: string, reference: string, event: unknown): Promise<InvokeResult> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const result = await withLimit(invoker.invoke(reference, event), limitMs);
      if (result !== "late") return result;
    }
    throw unexpectedLambda(`${name} invocation failed due to error Socket timeout while invoking Lambda function.`);
  }

  /**
   * Runs a trigger, if the pool has it.
   * @returns the function's `response`, or undefined if the pool has no such trigger
   * @throws UserLambdaValidationException with the function's message, UnexpectedLambdaException,
   * InvalidLambdaResponseException
   */
  return async function run(trigger: TriggerName, call: TriggerCall): Promise<Input | undefined> {
    const reference = call.pool.triggers[trigger];
    if (!reference) return undefined;
    const name = awsName(trigger);
    const result = await invoke(name, reference, eventOf(trigger, call));
    if (!result.ok) throw userLambdaValidation(`${name} failed with error ${result.error.errorMessage}.`);
    if (!isObject(result.result)) throw invalidLambdaResponse("Unrecognizable lambda output");
    const { response = {} } = result.result;
    if (!isObject(response)) throw invalidLambdaResponse("Unrecognizable lambda output");
    return response;
  };
}

export type RunTrigger = ReturnType<typeof createTriggers>;
