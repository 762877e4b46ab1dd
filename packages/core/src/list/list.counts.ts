/** How many todos of a list are open, as far as the stream has told. */
export interface Count {
  /** Unknown of a list that is older than counting. */
  readonly openTodos: number | undefined;
  /** The place in the stream up to which changes are counted; none in a list or an epoch that is new. */
  readonly countedTo: string | undefined;
  /** The latest second from which a change is counted, as epoch seconds. */
  readonly countedAt: number | undefined;
  /** Whether the count is in doubt: `wanted` when somebody is to count anew, or the id of a recount that nothing has disturbed so far. */
  readonly recount: string | undefined;
}

/** What the stream tells of the todos of a list: one of them became open, or is not any more; a recount began, or ended. */
export type CountChange = {
  /** Grows within a shard of the stream; of two shards it says nothing. */
  readonly position: string;
  /** Epoch seconds. */
  readonly at: number;
} & (
  | { readonly type: "opened" | "closed" }
  | { readonly type: "recount-began"; readonly id: string }
  | { readonly type: "recount-ended"; readonly id: string; readonly openTodos: number }
);

const wanted = "wanted";

/**
 * The count after these changes, which come in the order of the stream; those that were counted before are left out. A recount takes
 * effect where it ends, and only if no todo became open or was closed since it began: then what it saw is what there is at that place.
 *
 * @returns the count, and whether somebody must be asked to count anew; undefined when nothing is to be stored
 */
export function counted(
  count: Count,
  changes: readonly CountChange[],
): { readonly count: Count; readonly ask: boolean } | undefined {
  const { news, doubtful } = sift(count, changes);
  if (news.length === 0 && doubtful.length === 0) return undefined;
  const next = news.reduce(step, begin(count, doubtful));
  const lost = next.recount === undefined && (next.openTodos === undefined || next.openTodos < 0);
  return {
    count: {
      openTodos: next.openTodos,
      countedTo: news.at(-1)?.position ?? count.countedTo,
      countedAt: news.reduce((latest, { at }) => Math.max(latest, at), count.countedAt ?? 0),
      recount: lost ? wanted : next.recount,
    },
    ask: next.ask || lost,
  };
}

/**
 * What was not counted before: it has a higher place in the same shard, or comes from a later second, in a shard whose places may be
 * lower. What is neither was delivered again. That is in doubt only for the last second, in which a shard may have followed another,
 * unless the last place that was counted comes with it.
 */
function sift({ countedTo, countedAt = 0 }: Count, changes: readonly CountChange[]) {
  const isNews = ({ position, at }: CountChange) => countedTo === undefined || position > countedTo || at > countedAt;
  const isSameShard = changes.some(({ position }) => position === countedTo);
  return {
    news: changes.filter(isNews),
    doubtful: isSameShard ? [] : changes.filter((change) => !isNews(change) && change.at === countedAt),
  };
}

type Step = Pick<Count, "openTodos" | "recount"> & { readonly ask: boolean };

function begin({ openTodos, recount }: Count, doubtful: readonly CountChange[]): Step {
  if (doubtful.length === 0) return { openTodos, recount, ask: false };
  const isOver = doubtful.some(({ type }) => type === "recount-ended");
  return { openTodos, recount: wanted, ask: recount === undefined || isOver };
}

function step({ openTodos, recount, ask }: Step, change: CountChange): Step {
  switch (change.type) {
    case "opened":
    case "closed": {
      const more = change.type === "opened" ? 1 : -1;
      return { openTodos: openTodos === undefined ? undefined : openTodos + more, recount: recount && wanted, ask };
    }
    case "recount-began":
      return { openTodos, recount: change.id, ask };
    case "recount-ended":
      // Another one that began meanwhile will end too; one that was disturbed has to be repeated.
      if (recount !== change.id) return { openTodos, recount, ask: ask || recount === wanted };
      return { openTodos: change.openTodos, recount: undefined, ask };
  }
}
