import type { Statement } from "../graph/graph.ts";
import { test, type Verdict } from "./conditions.ts";
import { type Context, fillVariables, listOf, matchesArn, matchesGlob } from "./patterns.ts";

/** One permission that a request needs. */
export interface Need {
  /** Action: `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN of the resource, or `*` for actions without a resource. */
  readonly resource: string;
  /** Condition keys of this request, in addition to the global keys. */
  readonly context?: Context;
}

export interface Decision {
  readonly allowed: boolean;
  /** The end of AWS's message: `because no identity-based policy allows the dynamodb:PutItem action`. */
  readonly reason: string;
}

const lowered = new WeakMap<Statement, { action?: readonly string[]; notAction?: readonly string[] }>();

/**
 * Returns the action patterns of a statement in lower case, because actions are case-insensitive. Cached per statement.
 */
function actionsOf(statement: Statement) {
  const known = lowered.get(statement);
  if (known) return known;
  const lower = (value: string | readonly string[]) => listOf(value).map((pattern) => pattern.toLowerCase());
  const actions = {
    ...(statement.Action !== undefined && { action: lower(statement.Action) }),
    ...(statement.NotAction !== undefined && { notAction: lower(statement.NotAction) }),
  };
  lowered.set(statement, actions);
  return actions;
}

function coversAction(statement: Statement, action: string): boolean {
  const { action: included, notAction: excluded } = actionsOf(statement);
  const name = action.toLowerCase();
  if (included) return included.some((pattern) => matchesGlob(pattern, name));
  return excluded !== undefined && !excluded.some((pattern) => matchesGlob(pattern, name));
}

/** Whether a statement covers a resource. A pattern whose policy variable has no value matches nothing. */
function coversResource(statement: Statement, resource: string, context: Context): boolean {
  const matches = (pattern: string) => {
    const filled = fillVariables(pattern, context);
    return filled !== undefined && matchesArn(filled, resource);
  };
  if (statement.Resource !== undefined) return listOf(statement.Resource).some(matches);
  return statement.NotResource !== undefined && !listOf(statement.NotResource).some(matches);
}

/** Whether all lines of the condition block hold. The result is undecided only if no other line fails. */
function conditionsHold(statement: Statement, context: Context): Verdict {
  let verdict: Verdict = true;
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, wanted] of Object.entries(keys)) {
      const one = test(operator, key, wanted, context);
      if (one === false) return false;
      if (one !== true && verdict === true) verdict = one;
    }
  }
  return verdict;
}

/**
 * Evaluates identity-based policies for one permission. An explicit deny wins, then any allow; the default is to deny.
 * An allow whose condition cannot be decided here does not allow. A deny whose condition cannot be decided denies. The
 * reason names the undecided condition.
 */
export function evaluate(statements: readonly Statement[], { action, resource, context = {} }: Need): Decision {
  let allowed = false;
  const notes: string[] = [];
  for (const statement of statements) {
    if (!coversAction(statement, action) || !coversResource(statement, resource, context)) continue;
    const verdict = conditionsHold(statement, context);
    if (verdict === false) continue;
    const note = verdict === true ? "" : ` (${verdict.undecided})`;
    if (statement.Effect === "Deny")
      return { allowed: false, reason: `with an explicit deny in an identity-based policy${note}` };
    if (verdict === true) allowed = true;
    else notes.push(verdict.undecided);
  }
  if (allowed) return { allowed, reason: `because an identity-based policy allows the ${action} action` };
  const doubt = notes.length > 0 ? ` (${notes.join("; ")})` : "";
  return { allowed, reason: `because no identity-based policy allows the ${action} action${doubt}` };
}
