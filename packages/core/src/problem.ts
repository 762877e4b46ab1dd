import { type ProblemCode, problems, retryAfterOf } from "./contract/problem.ts";

/**
 * An invalid member of a request. `pointer` is a JSON pointer into the body, or starts with `/path`, `/query` or
 * `/header` and names a parameter.
 */
export interface InvalidMember {
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemOptions extends ErrorOptions {
  /** Replaces the detail of the catalog entry. */
  readonly detail?: string;
  /** Invalid or missing members. Their details are joined to the detail of the problem. */
  readonly errors?: readonly InvalidMember[];
  /** Allowed methods of the path, for `method-not-allowed`. */
  readonly allowed?: readonly string[];
  /** Seconds. Replaces the value of the catalog entry. */
  readonly retryAfter?: number;
}

/** An expected failure. `code` is an entry of the catalog, `message` is for clients, and `cause` is for the log. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly errors: readonly InvalidMember[] | undefined;
  readonly allowed: readonly string[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, { detail, errors, allowed, retryAfter, ...options }: ProblemOptions = {}) {
    super(detail ?? errors?.map(inWords).join("; ") ?? problems[code].detail, options);
    this.code = code;
    this.errors = errors;
    this.allowed = allowed;
    this.retryAfter = retryAfter ?? retryAfterOf(code);
  }
}

const inWords = ({ pointer, detail }: InvalidMember) => (pointer === "" ? detail : `${pointer}: ${detail}`);

/** Returns whether an error is a problem with one of these codes. Without codes, any problem matches. */
export const isProblem = (error: unknown, ...codes: readonly ProblemCode[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));

/** @param seconds until the next attempt can succeed */
export function tooManyRequests(
  seconds: number = problems["too-many-requests"].retryAfter,
  options: ErrorOptions = {},
): Problem {
  const [count, unit] = seconds < 60 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  const detail = `Too many attempts. Try again in ${count} ${unit}${count === 1 ? "" : "s"}.`;
  return new Problem("too-many-requests", { detail, retryAfter: seconds, ...options });
}
