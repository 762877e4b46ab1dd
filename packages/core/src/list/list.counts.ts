/**
 * Number of open todos of a list, as of a position in the stream. After change #7 at 10:00:05 opened the third todo:
 * `{ openTodos: 3, countedTo: "…#7", countedAt: <10:00:05>, recount: undefined }`
 */
export interface Count {
  /** Undefined in a list that was created before counts existed. Becomes a number with the first recount. */
  readonly openTodos: number | undefined;
  /** Stream position of the last counted change. Undefined in a new list or epoch. */
  readonly countedTo: string | undefined;
  /** Latest timestamp of a counted change, in epoch seconds. */
  readonly countedAt: number | undefined;
  /**
   * State of a recount. Undefined: the count is trusted. `wanted`: a recount is needed. Otherwise: the id of a running
   * recount during which no todo has changed so far.
   */
  readonly recount: string | undefined;
}

/** A change of a list's todos in the stream: a todo was opened or closed, or a recount began or ended. */
export type CountChange = {
  /** Increases within a shard. Positions of different shards are not comparable. */
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
 * Applies changes to a count, in the order of the stream. Skips changes that are already counted. The result of a
 * recount replaces the count where the recount ends, but only if no todo was opened or closed since it began.
 *
 * Example: the count is -1. The stream delivers "recount a began", "recount a ended: 5 open", "opened". The count
 * becomes 5, then 6. If it delivers "recount a began", "opened", "recount a ended: 5 open", the result is discarded:
 * the recount may or may not have seen the new todo. The count becomes 0, and another recount is requested.
 *
 * @returns the count, and whether to request a recount; undefined when there is nothing to store
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
 * Separates new changes from redelivered ones. A change is new if its position is higher than the last counted one
 * (same shard), or its timestamp is later (new shard, whose positions may be lower). All other changes are
 * redeliveries. A redelivery is doubtful if it has the last counted timestamp, because a new shard may have started
 * within that second. It is not doubtful if the batch contains the last counted position, because then the shard is the
 * same.
 *
 * Example: the last counted change is #9 at 10:00:05.
 * - #10 at 10:00:05 is new, by position.
 * - #3 at 10:00:06 is new, by timestamp.
 * - #8 at 10:00:04 is a redelivery.
 * - #8 at 10:00:05 without #9 is doubtful: a redelivery, or a change in a new shard.
 * - #8 and #9 at 10:00:05 together are redeliveries.
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
      // A newer recount is running and will end later, or this recount was disturbed and must be repeated. For example,
      // "a began", "b began", "a ended" keeps waiting for b, and "a began", "opened", "a ended" requests a new recount.
      if (recount !== change.id) return { openTodos, recount, ask: ask || recount === wanted };
      return { openTodos: change.openTodos, recount: undefined, ask };
  }
}
