import * as z from "zod";
import { TemporarilyUnavailableError, TooManyRequestsError } from "../errors.ts";

/** Where the user pool answers, and which of its clients we are. Both are read when they are first needed. */
export interface IdentitySettings {
  readonly endpoint: () => string;
  readonly clientId: () => string;
}

/** What a call with an access token needs: the token says whose client it is. */
export type PoolSettings = Pick<IdentitySettings, "endpoint">;

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

const Failure = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });
const busy = new Set([
  "ConcurrentModificationException",
  "InternalErrorException",
  "InternalFailure",
  "ServiceUnavailable",
  "ThrottlingException",
]);
const timeoutMilliseconds = 8_000;
const attempts = 3;

/**
 * Calls a public operation of Cognito and parses its answer. These operations need no signature, and the whole protocol is one
 * POST: the SDK's client would add more to the bundle than everything else in it.
 *
 * @throws CognitoError
 * @throws TooManyRequestsError when the pool's limits are reached
 * @throws TemporarilyUnavailableError when Cognito does not answer, or is busy
 */
export async function callCognito<Answer>(
  settings: PoolSettings,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return schema.parse(await post(settings.endpoint(), operation, input));
    } catch (error) {
      if (error instanceof CognitoError && error.name === "TooManyRequestsException") {
        throw new TooManyRequestsError({ cause: error });
      }
      if (!isTemporary(error)) throw error;
      // An answer that took too long has used up the time of the request: there is none left to repeat it.
      const late = error instanceof DOMException && error.name === "TimeoutError";
      if (late || attempt === attempts) throw new TemporarilyUnavailableError({ cause: error });
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

async function post(endpoint: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
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
