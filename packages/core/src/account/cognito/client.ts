import * as z from "zod";
import { callLimits } from "../../call-limits.ts";
import type { ProblemCode } from "../../contract/problem.ts";
import { Problem, tooManyRequests } from "../../problem.ts";
import { retry } from "../../retry.ts";
import { type AwsAccess, signed } from "./request-signature.ts";

/** A confidential client of the user pool. Only functions that have its secret can use it. */
export interface PoolClient {
  readonly id: () => string;
  readonly secret: () => string;
}

/** How to reach the user pool. Each setting is read on first use. */
export interface PoolSettings {
  readonly endpoint: () => string;
  /** Time limit of a call. Defaults to the value in `callLimits`. */
  readonly timeoutMilliseconds?: number;
}

/** Settings of a call that IAM authorizes: the pool, and the function's credentials. */
export interface AdminSettings extends PoolSettings {
  readonly userPoolId: () => string;
  readonly aws: () => AwsAccess;
}

/** The user pool with both of its confidential clients. */
export interface IdentitySettings extends AdminSettings {
  /** Its access tokens go to the browser. They are valid for Daybook's API, but not for Cognito's user API. */
  readonly web: PoolClient;
  /** Its tokens never leave the function that requested them. They are valid for Cognito's user API. */
  readonly server: PoolClient;
}

/** An error response of Cognito. `name` is Cognito's name for it. */
export class CognitoError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Returns whether the error is one of these errors of Cognito. */
export const isCognitoError = (error: unknown, ...names: string[]): error is CognitoError =>
  error instanceof CognitoError && names.includes(error.name);

/** Errors of a failed trigger of the pool. Cognito does not undo its own changes from before the trigger. */
export const triggerFailures = [
  "InvalidLambdaResponseException",
  "UnexpectedLambdaException",
  "UserLambdaValidationException",
] as const;

/** The problems that errors of Cognito mean in one call, by the name of the error. */
export type Meanings = Readonly<Record<string, ProblemCode | ((error: CognitoError) => ProblemCode)>>;

/** Returns the same problem for each of these errors. */
export const allMean = (code: ProblemCode, names: readonly string[]): Meanings =>
  Object.fromEntries(names.map((name) => [name, code]));

/** The mail with a code was not sent. The client can try again. */
export const notMailed = allMean("temporarily-unavailable", ["CodeDeliveryFailureException", ...triggerFailures]);

/** The pool's rejections of an access token that it has just issued. */
export const tokenRefused: Meanings = {
  NotAuthorizedException: "session-missing",
  UserNotFoundException: "user-not-found",
};

/** Returns the problem that an error of a call means, or the error itself. */
function problemOf(error: unknown, meanings: Meanings): unknown {
  // A call that timed out has used up the time of the request.
  if (error instanceof DOMException) return new Problem("temporarily-unavailable", { cause: error });
  const meaning = error instanceof CognitoError && meanings[error.name];
  if (!meaning) return error;
  const code = typeof meaning === "string" ? meaning : meaning(error);
  return code === "too-many-requests"
    ? tooManyRequests(undefined, { cause: error })
    : new Problem(code, { cause: error });
}

type Input = Readonly<Record<string, unknown>>;

const Failure = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });
const busy = [
  "ConcurrentModificationException",
  "InternalErrorException",
  "InternalFailure",
  "ServiceUnavailable",
  "ThrottlingException",
];
const attempts = 3;

/**
 * Calls a public operation of Cognito and parses its response. These operations need no signature, and the protocol is
 * a single POST. The SDK's client would be larger than the rest of the bundle.
 *
 * @throws the problems in `meanings`, and CognitoError for all other errors
 * @throws too-many-requests when a limit of the pool is reached
 * @throws temporarily-unavailable when Cognito does not respond, or returns a temporary error
 */
export async function callCognito<Answer>(
  settings: PoolSettings,
  operation: string,
  input: Input,
  schema: z.ZodType<Answer>,
  meanings: Meanings = {},
): Promise<Answer> {
  return persistently(async () => schema.parse(await post(settings, operation, JSON.stringify(input))), meanings);
}

/** Calls an operation that IAM authorizes, on Daybook's pool, and parses its response. @throws as `callCognito` */
export async function callAsAdmin<Answer>(
  settings: AdminSettings,
  operation: string,
  input: Input,
  schema: z.ZodType<Answer>,
  meanings: Meanings = {},
): Promise<Answer> {
  const body = JSON.stringify({ UserPoolId: settings.userPoolId(), ...input });
  return persistently(async () => schema.parse(await post(settings, operation, body, settings.aws())), meanings);
}

/** Retries a call after temporary errors. */
async function persistently<Answer>(call: () => Promise<Answer>, meanings: Meanings): Promise<Answer> {
  try {
    return await retry(call, { attempts, firstWaitMilliseconds: 100, isTemporary });
  } catch (error) {
    throw problemOf(error, { TooManyRequestsException: "too-many-requests", ...meanings });
  }
}

/** `fetch` throws a TypeError when there is no response, and a DOMException when the time limit is exceeded. */
const isTemporary = (error: unknown): boolean => error instanceof TypeError || isCognitoError(error, ...busy);

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
  // The name can have a namespace before a `#`.
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
