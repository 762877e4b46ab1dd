import { syncWords as words } from "../../copy/sync.ts";
import { discard, forgetUnreadable, keepMine, retry, type Update } from "./outbox/outbox.ts";
import { shownListsOf, withEdits } from "./state/optimistic-state.ts";
import { type Change, type Edits, type Entry, isListChange, type Key, type State } from "./state/state.ts";
import { type Asked, askedMembers, type Content, isSame } from "./state/todo-content.ts";

/** A change that needs the user's decision, with its texts. */
export interface Problem {
  readonly id: string;
  /**
   * `unreadable`: another version of the app stored the change, and this version can show only its text. Example: a
   * change of format 2 after a rollback to format 1.
   */
  readonly kind: "failed" | "conflict" | "missing" | "unreadable";
  /** The list or todo that the change affects, if known. */
  readonly key?: Key;
  /** Text of the problem. */
  readonly text: string;
  /** The user's value and, in a conflict, the current server value. */
  readonly mine?: string;
  readonly theirs?: string;
  /** The options, as buttons. The first one keeps the user's change, unless discarding is the only option. */
  readonly choices: readonly Choice[];
}

interface Choice {
  readonly name: string;
  run(): void;
}

/**
 * Applies a decision: updates the state and records the changes that replace the discarded one. Example:
 * "Add it again" discards the edit and records a `create-todo`.
 */
export type Decide = (update: Update, instead?: readonly Change[]) => void;

export function problemsOf(state: State, decide: Decide): Problem[] {
  const unreadable = state.unreadable.map(({ id, text }): Problem => {
    const choices = [{ name: words.discard, run: () => decide((now) => forgetUnreadable(now, id)) }];
    return { id, kind: "unreadable", text: words.unreadable, mine: text, choices };
  });
  const troubled = state.outbox.flatMap((entry): Problem[] => {
    const { trouble, id, change } = entry;
    if (!trouble) return [];
    const common = { id, key: change.key };
    if (trouble.kind === "conflict")
      return [{ ...common, kind: "conflict", ...conflict(entry, trouble.theirs, decide) }];
    if (trouble.kind === "missing") return [{ ...common, kind: "missing", ...missing(entry, state, decide) }];
    const text = words.failed(words.attempted[change.type], titleOf(change), trouble.reason);
    const again = { name: words.tryAgain, run: () => decide((now) => retry(now, id)) };
    return [{ ...common, kind: "failed", text, choices: [again, drop(id, words.discard, decide)] }];
  });
  return [...unreadable, ...troubled];
}

const drop = (id: string, name: string, decide: Decide, instead?: () => readonly Change[]): Choice => ({
  name,
  run: () => decide((now) => discard(now, id), instead?.()),
});

/** Returns the todo title or list name, including the user's change. */
function titleOf(change: Change): string {
  if ("name" in change) return change.name;
  return change.type === "create-todo" ? change.content.title : wanted(change).title;
}

const wanted = (change: Extract<Change, { base: Content }>): Content =>
  change.type === "edit-todo" ? withEdits(change.base, change.edits) : change.base;

type Words = Pick<Problem, "text" | "choices" | "mine" | "theirs">;
type Theirs = Extract<NonNullable<Entry["trouble"]>, { kind: "conflict" }>["theirs"];

function conflict({ id, change }: Entry, theirs: Theirs, decide: Decide): Words {
  const choose = (mine: string, other: string) => ({
    choices: [{ name: mine, run: () => decide((now) => keepMine(now, id)) }, drop(id, other, decide)],
  });
  if ("name" in theirs) {
    const mine = titleOf(change);
    const base = change.type === "rename-list" ? change.base : mine;
    return { text: words.renamedList(base), mine, theirs: theirs.name, ...choose(words.keepMine, words.keepTheirs) };
  }
  if (change.type !== "edit-todo") {
    const text = words.changedWhileRemoved(titleOf(change));
    return { text, theirs: theirs.title, ...choose(words.removeAnyway, words.keepIt) };
  }
  const parts = askedMembers.filter(
    (part) => change.edits[part] !== undefined && !isSame(theirs[part], change.base[part]),
  );
  const show = (content: Edits) => parts.map((part) => inWords(part, content)).join(" · ");
  const text = words.changedTodo(
    change.base.title,
    parts.map((part) => words.parts[part]),
  );
  const { choices } = choose(words.keepMine, words.keepTheirs);
  const both = drop(id, words.keepBoth, decide, () => [
    { type: "create-todo", key: newKey(), list: change.list, content: withEdits(theirs, change.edits) },
  ]);
  return { text, mine: show(change.edits), theirs: show(theirs), choices: [...choices, both] };
}

/** Text of a member in a conflict. */
function inWords(part: Asked, content: Edits): string {
  const value = part === "dueDate" ? (content.dueDate ?? words.noDate) : content[part];
  return (typeof value === "string" ? value : value?.join(", ")) || words.empty;
}

/**
 * Lets the user recreate a deleted todo or list with their change. Example: the edited todo "Oats" was deleted
 * elsewhere: "Add it again" creates "Oats" in the same list, or in the inbox if the list is gone.
 */
function missing({ id, change }: Entry, state: State, decide: Decide): Words {
  const dropIt = drop(id, words.discard, decide);
  if (isListChange(change)) {
    const again = drop(id, words.makeAgain, decide, () => [{ type: "create-list", key: newKey(), name: change.name }]);
    return { text: words.missingOwnList(change.name), choices: [again, dropIt] };
  }
  const isListGone = !shownListsOf(state)?.some(({ key }) => key === change.list);
  const content = change.type === "create-todo" ? change.content : wanted(change);
  const list = isListGone ? shownListsOf(state)?.find(({ kind }) => kind === "inbox")?.key : change.list;
  const text = isListGone ? words.missingList(content.title) : words.missingTodo(content.title);
  if (list === undefined) return { text, choices: [dropIt] };
  const again = drop(id, isListGone ? words.addToInbox : words.addAgain, decide, () => [
    { type: "create-todo", key: newKey(), list, content },
  ]);
  return { text, choices: [again, dropIt] };
}

const newKey = () => crypto.randomUUID();
