import * as z from "zod";
import { callLimits } from "../../call-limits.ts";
import { Problem, tooManyRequests } from "../../problem.ts";
import { type AwsAccess, signed } from "./request-signature.ts";

/** A client of the user pool that keeps a secret: only our functions can act as it. */
export interface PoolClient {
  readonly id: () => string;
  readonly secret: () => string;
}

/** Where the user pool answers. Every setting is read when it is first needed. */
export interface PoolSettings {
  readonly endpoint: () => string;
  /** How long a call may take, if not as long as `callLimits` says. */
  readonly timeoutMilliseconds?: number;
}

/** What a call under IAM needs: which pool, and the function's own credentials. */
export interface AdminSettings extends PoolSettings {
  readonly userPoolId: () => string;
  readonly aws: () => AwsAccess;
}

/** The user pool with both of its confidential clients. */
export interface IdentitySettings extends AdminSettings {
  /** Its access tokens go to the browser. They open Daybook's API, and nothing of Cognito's. */
  readonly web: PoolClient;
  /** Its tokens never leave the function that asked for them. They open Cognito's user API. */
  readonly server: PoolClient;
}

/** An error answer of Cognito, by Cognito's own name. */
export class CognitoError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Whether the error is one of these of Cognito. */
export const isCognitoError = (error: unknown, ...names: string[]): error is CognitoError =>
  error instanceof CognitoError && names.includes(error.name);

/** Whether a trigger of the pool failed. What Cognito did before it called the trigger stays done. */
export const isTriggerFailure = (error: unknown): error is CognitoError =>
  isCognitoError(error, "InvalidLambdaResponseException", "UnexpectedLambdaException", "UserLambdaValidationException");

type Input = Readonly<Record<string, unknown>>;

const Failure = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });
const busy = new Set([
  "ConcurrentModificationException",
  "InternalErrorException",
  "InternalFailure",
  "ServiceUnavailable",
  "ThrottlingException",
]);
const attempts = 3;

/**
 * Calls a public operation of Cognito and parses its answer. These operations need no signature, and the whole protocol is one
 * POST: the SDK's client would add more to the bundle than everything else in it.
 *
 * @throws CognitoError
 * @throws too-many-requests when the pool's limits are reached
 * @throws temporarily-unavailable when Cognito does not answer, or is busy
 */
export async function callCognito<Answer>(
  settings: PoolSettings,
  operation: string,
  input: Input,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  return persistently(async () => schema.parse(await post(settings, operation, JSON.stringify(input))));
}

/** Calls an operation that IAM authorizes, on our pool, and parses its answer. @throws as `callCognito` */
export async function callAsAdmin<Answer>(
  settings: AdminSettings,
  operation: string,
  input: Input,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const body = JSON.stringify({ UserPoolId: settings.userPoolId(), ...input });
  return persistently(async () => schema.parse(await post(settings, operation, body, settings.aws())));
}

/** Repeats a call while Cognito is busy, with back-off and jitter. */
async function persistently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof CognitoError && error.name === "TooManyRequestsException") {
        throw tooManyRequests(undefined, { cause: error });
      }
      if (!isTemporary(error)) throw error;
      // An answer that took too long has used up the time of the request: there is none left to repeat it.
      const late = error instanceof DOMException && error.name === "TimeoutError";
      if (late || attempt === attempts) throw new Problem("temporarily-unavailable", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));
    }
  }
}

/** `fetch` fails with a TypeError when there is no answer, and with a DOMException when it takes too long. */
function isTemporary(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof DOMException ||
    (error instanceof CognitoError && busy.has(error.name))
  );
}

async function post(settings: PoolSettings, operation: string, body: string, aws?: AwsAccess): Promise<unknown> {
  const { endpoint, timeoutMilliseconds = callLimits["cognito-idp"].milliseconds } = settings;
  const url = new URL(endpoint());
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const response = await fetch(url, {
    method: "POST",
    headers: aws ? await signed(url, headers, body, aws) : headers,
    body,
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  const text = await response.text();
  if (response.ok) return text === "" ? {} : JSON.parse(text);
  const failure = Failure.safeParse(parseJson(text));
  if (!failure.success) throw new CognitoError(response.status >= 500 ? "ServiceUnavailable" : "UnknownError", text);
  // The name may carry a namespace before a hash.
  const name = failure.data.__type.split("#").at(-1) ?? failure.data.__type;
  throw new CognitoError(name, failure.data.message ?? failure.data.Message ?? name);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
