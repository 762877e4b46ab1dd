import * as v from "valibot";
import { type Layout, recordOf, type Update, unreadableRecordsOf } from "../../../lib/offline/layout.ts";
import { OfflineStore } from "../../../lib/offline/store.ts";
import { fromStored, type StoredFormat, type Unreadable, unreadable } from "../../../lib/stored.ts";
import { isUnsaved, type LocalDraft, localDraftFormat } from "./saving-state.ts";

/**
 * A post to delete at `dueAt` unless the user undoes it. Times are milliseconds since the epoch. Example: removed at
 * 10:00:00, due at 10:00:10.
 */
export const Removal = v.object({ id: v.string(), title: v.string(), dueAt: v.number() });
export type Removal = v.InferOutput<typeof Removal>;
const removalFormat: StoredFormat<Removal> = { schema: Removal, upgrades: [] };

/** Everything that this browser stores about the posts of one user. */
export interface StoredDrafts {
  /** By key. A draft that became readable again can still have an `aside-` key here. */
  readonly drafts: ReadonlyMap<string, LocalDraft>;
  /** By post id. */
  readonly removals: ReadonlyMap<string, Removal>;
  /**
   * Drafts that this version cannot read. They stay in the store until the user discards them. Example: a draft of
   * format 2 after a rollback to format 1.
   */
  readonly unreadable: readonly Unreadable[];
}

export type DraftStore = OfflineStore<StoredDrafts>;

/** Unreadable drafts have keys such as "aside-5f0c…", so that a new draft can use their key. */
const aside = "aside-";
/**
 * Maximum number of saved drafts kept in this browser, so that they open at once and offline. Example: of 21 saved
 * drafts, the least recently edited one is deleted here at the next visit, but not on the server.
 */
const mostSaved = 20;

const layout: Layout<StoredDrafts> = {
  version: 1,
  stores: ["posts", "removals"],
  stampStore: "removals",
  empty: { drafts: new Map(), removals: new Map(), unreadable: [] },
  *records(state) {
    for (const [key, localDraft] of state.drafts) yield recordOf("posts", key, localDraftFormat, localDraft);
    for (const [id, removal] of state.removals) yield recordOf("removals", id, removalFormat, removal);
    yield* unreadableRecordsOf("posts", state.unreadable);
  },
  load(state, records) {
    const [drafts, removals] = [new Map(state.drafts), new Map(state.removals)];
    const others = new Map(state.unreadable.map((each) => [each.id, each]));
    for (const { store, key, stored } of records) {
      for (const map of store === "posts" ? [drafts, others] : [removals]) map.delete(key);
      const localDraft = store === "posts" && fromStored(localDraftFormat, stored);
      const removal = store === "removals" && fromStored(removalFormat, stored);
      if (localDraft) drafts.set(key, localDraft);
      else if (removal) removals.set(key, removal);
      else if (store === "posts" && stored !== undefined) others.set(key, unreadable(key, stored));
    }
    return { drafts, removals, unreadable: [...others.values()] };
  },
  open: (state, copies) => tidied(putAside(copies.reduce<StoredDrafts>(withCopy, state))),
};

export const draftStoreOf = (userId: string): DraftStore => {
  const name = `daybook.writing.${userId}`;
  return new OfflineStore(layout, { database: name, channel: `${name}.store`, unloadPrefix: `${name}.` });
};

/** All drafts, the last edited first. */
export const draftsIn = ({ drafts }: StoredDrafts): LocalDraft[] =>
  [...drafts.values()].sort((a, b) => b.editedAt - a.editedAt);

/** Drafts with changes that the API does not have, the last edited first. */
export const unsavedIn = (state: StoredDrafts): LocalDraft[] => draftsIn(state).filter(isUnsaved);

/**
 * Finds a draft.
 * @param name the key of the draft, or the id of its post
 */
export const findDraft = (state: StoredDrafts, name: string): LocalDraft | undefined =>
  state.drafts.get(name) ?? draftsIn(state).find(({ id }) => id === name);

export const putDraft =
  (localDraft: LocalDraft): Update<StoredDrafts> =>
  (state) => ({ ...state, drafts: new Map(state.drafts).set(localDraft.key, localDraft) });

/** @param key of the draft, or id of the unreadable one */
export const dropDraft =
  (key: string): Update<StoredDrafts> =>
  (state) => ({
    ...state,
    drafts: without(state.drafts, key),
    unreadable: state.unreadable.filter(({ id }) => id !== key),
  });

export const putRemoval =
  (removal: Removal): Update<StoredDrafts> =>
  (state) => ({ ...state, removals: new Map(state.removals).set(removal.id, removal) });

export const dropRemoval =
  (id: string): Update<StoredDrafts> =>
  (state) => ({ ...state, removals: without(state.removals, id) });

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/**
 * Restores a draft that an earlier page could not write, unless the stored one is newer. Example: a copy edited at
 * 10:01 replaces a stored draft of 10:00, but not one of 10:02.
 */
function withCopy(state: StoredDrafts, copy: unknown): StoredDrafts {
  const localDraft = fromStored(localDraftFormat, copy);
  const removal = fromStored(removalFormat, copy);
  if (removal) return putRemoval(removal)(state);
  if (!localDraft)
    return { ...state, unreadable: [...state.unreadable, unreadable(aside + crypto.randomUUID(), copy)] };
  const isOlder = localDraft.editedAt < (state.drafts.get(localDraft.key)?.editedAt ?? 0);
  return isOlder ? state : putDraft(localDraft)(state);
}

/**
 * Moves unreadable drafts to `aside-` keys, and moves them back once they are readable. Example: "new-1" of format 99
 * becomes "aside-5f0c…", and "new-1" again after the app is updated.
 */
function putAside(state: StoredDrafts): StoredDrafts {
  const drafts = new Map(state.drafts);
  for (const [key, localDraft] of state.drafts) {
    // Keep a newer draft that uses the key meanwhile.
    if (!key.startsWith(aside) || drafts.has(localDraft.key)) continue;
    drafts.delete(key);
    drafts.set(localDraft.key, localDraft);
  }
  const others = state.unreadable.map((each) =>
    each.id.startsWith(aside) ? each : { ...each, id: aside + crypto.randomUUID() },
  );
  return { ...state, drafts, unreadable: others };
}

/**
 * Deletes the saved drafts beyond the `mostSaved` last edited. Unsaved drafts always stay: with 25 saved and 3 unsaved
 * drafts, 20 saved and 3 unsaved remain.
 */
const tidied = (state: StoredDrafts): StoredDrafts =>
  draftsIn(state)
    .filter((localDraft) => !isUnsaved(localDraft))
    .slice(mostSaved)
    .reduce((rest, { key }) => dropDraft(key)(rest), state);
