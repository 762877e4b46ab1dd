type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a log line, a JSON object. Standard output is used because Lambda's console would nest the object in its own.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
const lineAt = (level: "INFO" | "WARN" | "ERROR") => (message: string, fields: Fields) =>
  void process.stdout.write(`${JSON.stringify({ level, message, timestamp: new Date().toISOString(), ...fields })}\n`);

export const logger = { info: lineAt("INFO"), warn: lineAt("WARN"), error: lineAt("ERROR") };

/** Returns an error and its causes for the log, without further properties: SDK errors contain items and requests. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}

/** Logs a failure after a request has taken effect: a refresh token was not revoked, or a notice was not stored. */
export function logEnding({ failure }: { readonly failure?: unknown }): void {
  if (failure !== undefined) logger.warn("request not completed", { error: describeError(failure) });
}

let cold = true;

/**
 * Starts the log line of a request, an event, a batch, a trigger or a scheduled job. The returned function writes it
 * with its duration in milliseconds, at level ERROR if there are fields of a failure.
 */
export function startLine(message: string, fields: Fields) {
  const started = performance.now();
  return (outcome: Fields, failure?: Fields): void => {
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    const line = { ...fields, ...outcome, durationMs, coldStart: cold };
    // Only the first line of a function instance reports a cold start.
    cold = false;
    if (failure) logger.error(message, { ...line, ...failure });
    else logger.info(message, line);
  };
}

/** Runs a step and writes its log line: the given fields, those that the step adds, and the error if it fails. */
export async function logged<Result>(
  message: string,
  fields: Fields,
  step: (add: (more: Fields) => void) => Promise<Result>,
): Promise<Result> {
  const write = startLine(message, fields);
  const outcome = {};
  try {
    const result = await step((more) => void Object.assign(outcome, more));
    write(outcome);
    return result;
  } catch (error) {
    write(outcome, { error: describeError(error) });
    throw error;
  }
}
