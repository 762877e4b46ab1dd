/** What a check says: one line, and what to do about it. */
export interface Finding {
  readonly what: string;
  /** `unknown`: it could not be looked at. */
  readonly state: "ok" | "to do" | "unknown";
  readonly found: string;
  readonly advice?: string;
  /** Whether a deployment would fail. */
  readonly blocks?: boolean;
}

export const ok = (what: string, found: string): Finding => ({ what, state: "ok", found });

/** Something to do, which does not keep a deployment from succeeding unless it `blocks`. */
export const toDo = (what: string, found: string, advice: string, { blocks = false } = {}): Finding => ({
  what,
  state: "to do",
  found,
  advice,
  blocks,
});

/** Something that could not be looked at; a deployment may succeed all the same. */
export const unknown = (what: string, found: string, advice: string): Finding => ({
  what,
  state: "unknown",
  found,
  advice,
});

/** A check of the account: what fails in it is a finding, too. */
export async function look(what: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    const name = error instanceof Error ? error.name : "Error";
    const message = error instanceof Error ? error.message : String(error);
    if (/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name))
      return unknown(what, "these credentials may not look", `${message} A deployment needs more than this.`);
    return unknown(what, `${name}: ${message}`, "Try again; if it stays so, look in the AWS console.");
  }
}
