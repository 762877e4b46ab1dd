import type { ListId, TodoId } from "@daybook/core/ids";
import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import * as v from "valibot";
import type { StoredFormat, Unreadable } from "../../../lib/stored.ts";
import { Content } from "./todo-content.ts";

// Data from this browser is validated when it is read. These schemas check only what the code relies on: a priority
// must be one of the four values, and an id only a string. The schemas of the API contract would be a third of the
// page's script.

/**
 * Identifies a list or todo in this browser, even before the server assigns an id. Items from the server use their id
 * as the key. Example: a new todo has the key "5f0c…" and keeps it after it gets the id "tod_01J…".
 */
export type Key = string;

const Edits = v.partial(Content);
export type Edits = v.InferOutput<typeof Edits>;

/**
 * A user change. `base` is the value that the user saw. Example: edits `{ title: "Oats" }` with the base title "Milk".
 */
export const Change = v.variant("type", [
  v.object({ type: v.literal("create-list"), key: v.string(), name: v.string() }),
  v.object({ type: v.literal("rename-list"), key: v.string(), name: v.string(), base: v.string() }),
  v.object({ type: v.literal("remove-list"), key: v.string(), name: v.string() }),
  v.object({ type: v.literal("create-todo"), key: v.string(), list: v.string(), content: Content }),
  v.object({ type: v.literal("edit-todo"), key: v.string(), list: v.string(), edits: Edits, base: Content }),
  v.object({ type: v.literal("remove-todo"), key: v.string(), list: v.string(), base: Content }),
]);
export type Change = v.InferOutput<typeof Change>;
export type ListChange = Extract<Change, { readonly type: "create-list" | "rename-list" | "remove-list" }>;
export type TodoChange = Exclude<Change, ListChange>;

/** Why a change cannot be sent as it is. */
export const Trouble = v.variant("kind", [
  /** The API refused it. */
  v.object({ kind: v.literal("failed"), reason: v.string() }),
  /**
   * Another client changed the same value. `theirs` is the current server value: "Beer" for a title edited from "Milk"
   * to "Oats".
   */
  v.object({ kind: v.literal("conflict"), theirs: v.union([Content, v.object({ name: v.string() })]) }),
  /** The todo or list no longer exists. */
  v.object({ kind: v.literal("missing"), what: v.picklist(["todo", "list"]) }),
]);
export type Trouble = v.InferOutput<typeof Trouble>;

/** A pending change. Times are milliseconds since the epoch. */
export const Entry = v.object({
  id: v.string(),
  /** When the user made it. Higher than every `at` in the outbox: after an entry at 1000, at least 1001. */
  at: v.number(),
  change: Change,
  /** Shared by all changes of one action. */
  group: v.optional(v.string()),
  /**
   * Shown, but not sent before this time, so that the user can undo it. Example: recorded at 09:00:00, held until
   * 09:00:10.
   */
  heldUntil: v.optional(v.number()),
  /**
   * Number and time of the attempts. After an attempt without an answer, the server may have applied the change.
   * Example: 2 attempts, the last one at 09:00:03.
   */
  attempts: v.optional(v.number(), 0),
  attemptedAt: v.optional(v.number()),
  /** Failed temporarily, and not retried before this time. */
  retryAt: v.optional(v.number()),
  trouble: v.optional(Trouble),
  /** When the server accepted it (202) to apply it later. */
  acceptedAt: v.optional(v.number()),
});
export type Entry = v.InferOutput<typeof Entry>;

/** A list or todo of the server with its local key. */
export type KnownList = List & { readonly key: Key };
export type KnownTodo = Todo & { readonly key: Key };

const listId = v.custom<ListId>((value) => typeof value === "string");
const stamps = { url: v.string(), createdAt: v.string(), updatedAt: v.string(), version: v.number(), key: v.string() };

export const KnownList: v.GenericSchema<unknown, KnownList> = v.object({
  ...stamps,
  id: listId,
  kind: v.picklist(["inbox", "list"]),
  name: v.string(),
  openTodos: v.number(),
});

export const KnownTodo: v.GenericSchema<unknown, KnownTodo> = v.object({
  ...stamps,
  ...Content.entries,
  id: v.custom<TodoId>((value) => typeof value === "string"),
  listId,
  completedAt: v.nullable(v.string()),
});

/** A fetched page: its entity tag, the cursor of the next page, and its item ids. */
const Page = v.object({ etag: v.optional(v.string()), next: v.optional(v.string()), ids: v.array(v.string()) });
export type Page = v.InferOutput<typeof Page>;

/** Lists or todos as they were last fetched. */
export interface Collection<Item> {
  readonly items: readonly Item[];
  /**
   * Empty after a change of this browser, because it invalidates the entity tags. Example: after a title was saved,
   * all pages are downloaded again.
   */
  readonly pages: readonly Page[];
  readonly fetchedAt: number;
  /**
   * Number of answers to changes of this browser. A fetch that began at a lower number is out of date: one begun at
   * 4 is discarded at 5.
   */
  readonly confirmed: number;
}
export type KnownLists = Collection<KnownList>;
export type KnownTodos = Collection<KnownTodo>;

const collectionOf = <Item>(item: v.GenericSchema<unknown, Item>): v.GenericSchema<unknown, Collection<Item>> =>
  v.object({ items: v.array(item), pages: v.array(Page), fetchedAt: v.number(), confirmed: v.number() });
export const KnownLists = collectionOf(KnownList);
export const KnownTodos = collectionOf(KnownTodo);

/**
 * Back-off after requests without a response. Nothing is sent before `until`. Example: `attempts` 3 pauses for 3 to
 * 4 s.
 */
export const Pause = v.object({ attempts: v.number(), until: v.number() });
export type Pause = v.InferOutput<typeof Pause>;

// A change of these schemas needs an upgrade and a test sample of the new version
// (docs/decisions/0030-stored-formats.md). Example: a new member `estimateMinutes` needs an upgrade that sets it to
// null.
export const entryFormat: StoredFormat<Entry> = { schema: Entry, upgrades: [] };
/**
 * An upgrade that adds a member must also empty `pages`. Otherwise the API answers 304 for the stored entity tags, and
 * the member is never fetched. Example: after adding `estimateMinutes`, unchanged pages would lack it.
 */
export const knownTodosFormat: StoredFormat<KnownTodos> = { schema: KnownTodos, upgrades: [] };
export const knownListsFormat: StoredFormat<KnownLists> = { schema: KnownLists, upgrades: [] };
export const pauseFormat: StoredFormat<Pause> = { schema: Pause, upgrades: [] };

/** All local data of one user: the last fetched server state and the pending changes. */
export interface State {
  readonly lists: KnownLists | undefined;
  /** By list id. */
  readonly todos: Readonly<Record<string, KnownTodos>>;
  /** In the order in which the user made them. */
  readonly outbox: readonly Entry[];
  /**
   * Changes stored by another version of the app: kept unchanged and shown as text. Example:
   * `{ id: "…", text: "Call Ada" }`.
   */
  readonly unreadable: readonly Unreadable[];
  readonly pause: Pause | undefined;
}

export const emptyState: State = { lists: undefined, todos: {}, outbox: [], unreadable: [], pause: undefined };

export const isListChange = (change: Change): change is ListChange => change.type.endsWith("-list");

/** Returns the key of the list that a change affects. */
export const listOf = (change: Change): Key => (isListChange(change) ? change.key : change.list);

/** Finds a list of the server by key or id. */
export const findList = (state: State, key: Key): KnownList | undefined =>
  state.lists?.items.find((list) => list.key === key || list.id === key);

/** Returns the last fetched todos of a list. */
export function knownTodosOf(state: State, listKey: Key): KnownTodos | undefined {
  const list = findList(state, listKey);
  return state.todos[list?.id ?? listKey];
}

export const findTodo = (state: State, { key, list }: Pick<TodoChange, "key" | "list">): KnownTodo | undefined =>
  knownTodosOf(state, list)?.items.find((todo) => todo.key === key);
