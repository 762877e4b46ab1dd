import { type Layout, recordOf, unreadableRecordsOf } from "../../../lib/offline/layout.ts";
import { OfflineStore } from "../../../lib/offline/store.ts";
import { fromStored, unreadable } from "../../../lib/stored.ts";
import { append } from "../outbox/outbox.ts";
import {
  type Entry,
  emptyState,
  entryFormat,
  knownListsFormat,
  knownTodosFormat,
  pauseFormat,
  type State,
} from "../state/state.ts";

export type StateStore = OfflineStore<State>;

const layout: Layout<State> = {
  version: 1,
  stores: ["outbox", "todos", "rest"],
  stampStore: "rest",
  empty: emptyState,
  *records(state) {
    for (const entry of state.outbox) yield recordOf("outbox", entry.id, entryFormat, entry);
    for (const [id, todos] of Object.entries(state.todos)) yield recordOf("todos", id, knownTodosFormat, todos);
    if (state.lists) yield recordOf("rest", "lists", knownListsFormat, state.lists);
    if (state.pause) yield recordOf("rest", "pause", pauseFormat, state.pause);
    yield* unreadableRecordsOf("outbox", state.unreadable);
  },
  // Unreadable copies of API data are left out and fetched again. Unreadable entries are kept and shown as text.
  load(state, records) {
    let { lists, pause } = state;
    const todos = { ...state.todos };
    const outbox = new Map(state.outbox.map((entry) => [entry.id, entry]));
    const others = new Map(state.unreadable.map((each) => [each.id, each]));
    for (const { store, key, stored } of records) {
      if (store === "outbox") {
        for (const map of [outbox, others]) map.delete(key);
        const entry = fromStored(entryFormat, stored);
        if (entry) outbox.set(key, entry);
        else if (stored !== undefined) others.set(key, unreadable(key, stored));
      } else if (store === "todos") {
        const known = fromStored(knownTodosFormat, stored);
        if (known) todos[key] = known;
        else delete todos[key];
      } else if (key === "lists") lists = fromStored(knownListsFormat, stored);
      else if (key === "pause") pause = fromStored(pauseFormat, stored);
    }
    const entries = [...outbox.values()].sort((a, b) => a.at - b.at);
    return { lists, pause, todos, outbox: entries, unreadable: [...others.values()] };
  },
  open(state, copies) {
    const read = copies.map((copy) => ({ copy, entry: fromStored(entryFormat, copy) }));
    const lost = read.filter(({ entry }) => !entry).map(({ copy }) => unreadable(crypto.randomUUID(), copy));
    const entries: Entry[] = read.flatMap(({ entry }) => entry ?? []);
    return { ...append(state, entries), unreadable: [...state.unreadable, ...lost] };
  },
};

export const stateStoreOf = (userId: string): StateStore =>
  new OfflineStore(layout, {
    database: `daybook.${userId}`,
    channel: `daybook.sync.${userId}`,
    unloadPrefix: `daybook.unwritten.${userId}.`,
  });
