/** Result of a check: one line, and advice on what to do. */
export interface Finding {
  readonly what: string;
  /** `unknown`: the check could not be run. */
  readonly state: "ok" | "to do" | "unknown";
  readonly found: string;
  readonly advice?: string;
  /** Whether a deployment would fail, or leave production without sign-ups or requests. */
  readonly blocks?: boolean;
}

export const ok = (what: string, found: string): Finding => ({ what, state: "ok", found });

/** Creates a finding that requires an action. The deployment works without it unless it `blocks`. */
export const toDo = (what: string, found: string, advice: string, { blocks = false } = {}): Finding => ({
  what,
  state: "to do",
  found,
  advice,
  blocks,
});

/** Creates a finding for a check that could not be run. A deployment may still succeed. */
export const unknown = (what: string, found: string, advice: string): Finding => ({
  what,
  state: "unknown",
  found,
  advice,
});

/** Runs a check of the account. An error becomes a finding as well. */
export async function look(what: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    const name = error instanceof Error ? error.name : "Error";
    const message = error instanceof Error ? error.message : String(error);
    if (/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name))
      return unknown(what, "no permission to check", `${message} A deployment needs more permissions than this.`);
    return unknown(what, `${name}: ${message}`, "Try again. If the error persists, check the AWS console.");
  }
}
