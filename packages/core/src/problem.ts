import { type ProblemCode, problems, retryAfterOf } from "./contract/problem.ts";

/** An invalid member of a request: a JSON pointer into the body, or below `/path`, `/query` and `/header` to a parameter. */
export interface InvalidMember {
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemOptions extends ErrorOptions {
  /** Replaces the detail of the catalogue. */
  readonly detail?: string;
  /** The members that are wrong or missing. Their details become the detail of the problem. */
  readonly errors?: readonly InvalidMember[];
  /** The methods of the path, for `method-not-allowed`. */
  readonly allowed?: readonly string[];
  /** Seconds, where they are known better than in the catalogue. */
  readonly retryAfter?: number;
}

/** An expected failure. Its code names an entry of the catalogue, its message is for clients, and its cause is for the log. */
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

/** Whether an error is a problem with one of these codes, or any problem if there are none. */
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
