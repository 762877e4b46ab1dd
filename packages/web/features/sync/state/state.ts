import type { ListId, TodoId } from "@daybook/core/ids";
import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import * as v from "valibot";
import type { StoredFormat, Unreadable } from "../../../lib/stored.ts";
import { Content } from "./todo-content.ts";

// What is kept in this browser is checked when it is read again, by schemas that say no more than the code relies on: those of the
// contract would be a third of the page's script.

/** Names a list or a todo in this browser, from before the server has given it an id; what came from the server has its id as key. */
export type Key = string;

const Edits = v.partial(Content);
export type Edits = v.InferOutput<typeof Edits>;

/** What a person did. `base` is what they saw when they did it. */
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
  /** The API refuses it. */
  v.object({ kind: v.literal("failed"), reason: v.string() }),
  /** Somebody else has changed the same; `theirs` is how it is now. */
  v.object({ kind: v.literal("conflict"), theirs: v.union([Content, v.object({ name: v.string() })]) }),
  /** What it is about is gone. */
  v.object({ kind: v.literal("missing"), what: v.picklist(["todo", "list"]) }),
]);
export type Trouble = v.InferOutput<typeof Trouble>;

/** A change on its way to the server. Times are milliseconds since the epoch. */
export const Entry = v.object({
  id: v.string(),
  /** When the person did it; later than everything that was in the outbox. */
  at: v.number(),
  change: Change,
  /** The same for all changes that the person made with one action. */
  group: v.optional(v.string()),
  /** It is shown, but not sent before: so long it can be taken back. */
  heldUntil: v.optional(v.number()),
  /** How often, and when last, it was sent. As long as no answer came, the server may have it. */
  attempts: v.optional(v.number(), 0),
  attemptedAt: v.optional(v.number()),
  /** It failed, and is not sent again before. */
  retryAt: v.optional(v.number()),
  trouble: v.optional(Trouble),
  /** The server has promised to do it, which takes some time. */
  acceptedAt: v.optional(v.number()),
});
export type Entry = v.InferOutput<typeof Entry>;

/** A list or a todo of the server with the key that it has in this browser. */
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

/** A page of a collection as the server sent it: with the entity tag that it had, and the cursor of the next one. */
const Page = v.object({ etag: v.optional(v.string()), next: v.optional(v.string()), ids: v.array(v.string()) });
export type Page = v.InferOutput<typeof Page>;

const collectionOf = <Item extends v.GenericSchema>(Item: Item) =>
  v.object({
    items: v.array(Item),
    /** Empty once our own changes have made the entity tags worthless. */
    pages: v.array(Page),
    fetchedAt: v.number(),
    /** Counts the answers to our changes: what was fetched before one of them arrived is out of date. */
    confirmed: v.number(),
  });
export const KnownLists = collectionOf(KnownList);
export const KnownTodos = collectionOf(KnownTodo);
export type KnownLists = v.InferOutput<typeof KnownLists>;
export type KnownTodos = v.InferOutput<typeof KnownTodos>;

/** No answer came at all: nothing is sent before `until`. */
export const Pause = v.object({ attempts: v.number(), until: v.number() });
export type Pause = v.InferOutput<typeof Pause>;

// A change of these schemas needs an upgrade, and a sample of the new version among the tests (docs/decisions/0030-stored-formats.md).
export const entryFormat: StoredFormat<Entry> = { schema: Entry, upgrades: [] };
/** An upgrade that adds a member empties `pages`, too: by their entity tags, the API would say that nothing is new. */
export const knownTodosFormat: StoredFormat<KnownTodos> = { schema: KnownTodos, upgrades: [] };
export const knownListsFormat: StoredFormat<KnownLists> = { schema: KnownLists, upgrades: [] };
export const pauseFormat: StoredFormat<Pause> = { schema: Pause, upgrades: [] };

/** All that this browser knows for one person: what the server last said, and what they have done since. */
export interface State {
  readonly lists: KnownLists | undefined;
  /** By the id of the list. */
  readonly todos: Readonly<Record<string, KnownTodos>>;
  /** In the order in which things were done. */
  readonly outbox: readonly Entry[];
  /** Changes of another version of the app: kept as they are, and shown as text. */
  readonly unreadable: readonly Unreadable[];
  readonly pause: Pause | undefined;
}

export const emptyState: State = { lists: undefined, todos: {}, outbox: [], unreadable: [], pause: undefined };

export const isListChange = (change: Change): change is ListChange => change.type.endsWith("-list");

/** The list of the server that has this key or id. */
export const findList = (state: State, key: Key): KnownList | undefined =>
  state.lists?.items.find((list) => list.key === key || list.id === key);

/** The todos of a list, as the server last said. */
export function knownTodosOf(state: State, listKey: Key): KnownTodos | undefined {
  const list = findList(state, listKey);
  return state.todos[list?.id ?? listKey];
}

export const findTodo = (state: State, { key, list }: Pick<TodoChange, "key" | "list">): KnownTodo | undefined =>
  knownTodosOf(state, list)?.items.find((todo) => todo.key === key);
