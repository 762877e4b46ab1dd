import { nextVersion } from "../db/entity.ts";
import { todoPartition } from "../db/keys.ts";
import { queryOnce } from "../db/query.ts";
import { ConditionFailed, transact } from "../db/write.ts";
import type { TodoId } from "../ids.ts";
import type { ListAccess } from "../list/list.access.ts";
import { isProblem } from "../problem.ts";
import { directionOf, leastGap, type Side, sides, spread } from "./todo.order.ts";
import { todos } from "./todo.repository.ts";

/**
 * Number of todos that may move on each side of a todo. Both sides fit into one transaction (100 items). Example: if 60
 * todos have almost the same order on one side, the nearest 49 move into the room before the 50th, or none if that room
 * is too small.
 */
const windowSize = 50;

/** A todo next to a position. `distance` is the absolute difference of their orders. */
interface Neighbour {
  readonly id: TodoId;
  readonly version: number;
  readonly distance: number;
}

/**
 * Returns the sides on which the nearest todo is closer than `leastGap`. One query per side, in parallel with the write
 * of the todo. Example: for a todo at order 1, another todo at 1 + 1e-13 crowds the side "after"; one at 1 + 1e-9 does
 * not.
 */
export async function crowdedSides(access: ListAccess, id: TodoId, order: number): Promise<Side[]> {
  const nearest = await Promise.all(sides.map((side) => neighboursOf(access, id, { order, side, limit: 1 })));
  return sides.filter((_, i) => nearest[i]?.some(({ distance }) => distance < leastGap(order)));
}

/**
 * Moves todos that are too close to the given todo away from it. The given todo keeps its order. All moves are one
 * transaction with a version condition on each moved todo. If another write conflicts, nothing moves, and the next
 * write with an order close to theirs tries again.
 *
 * Example: todo A has order 7 and B is created with order 7. B keeps 7. A, with the lower id, moves to 7 - 1000 if
 * nothing else is near.
 *
 * @param now ISO 8601
 */
export async function makeRoom(
  access: ListAccess,
  { id, order }: { readonly id: TodoId; readonly order: number },
  crowded: readonly Side[],
  now: string,
): Promise<void> {
  const moves = await Promise.all(
    crowded.map(async (side) => {
      const neighbours = await neighboursOf(access, id, { order, side, limit: windowSize });
      const isEnd = neighbours.length < windowSize;
      const places = spread(
        order,
        side,
        neighbours.map(({ distance }) => distance),
        isEnd,
      );
      return places.map((place, i) => ({ place, neighbour: neighbours[i] }));
    }),
  );
  const { list } = access;
  const [first, ...others] = moves
    .flat()
    .flatMap(({ place, neighbour }) =>
      neighbour
        ? todos.update(
            { listId: list.id, epoch: list.epoch, id: neighbour.id },
            { order: place, ...nextVersion(now) },
            { version: neighbour.version },
          )
        : [],
    );
  if (!first) return;
  try {
    await transact([first, ...others]);
  } catch (error) {
    if (!(error instanceof ConditionFailed) && !isProblem(error, "temporarily-unavailable")) throw error;
  }
}

/**
 * Returns the todos on one side of a position, nearest first, without the todo `id` itself. Todos with exactly the same
 * order are "before" if their id is lower, and "after" if it is higher. Example: with todos A, B and C at order 7, the
 * neighbors of B are A before it and C after it.
 */
async function neighboursOf(
  { list }: ListAccess,
  id: TodoId,
  { order, side, limit }: { readonly order: number; readonly side: Side; readonly limit: number },
): Promise<Neighbour[]> {
  const { items } = await queryOnce({
    index: "lsi1",
    partition: todoPartition(list.id, list.epoch),
    sortKey: side === "after" ? { gte: order } : { lte: order },
    reverse: side === "before",
    limit: limit + 1,
  });
  const direction = directionOf(side);
  return items
    .map(todos.read)
    .map((todo) => ({ id: todo.id, version: todo.version, distance: Math.abs(todo.order - order) }))
    .filter((todo) => todo.id !== id && (todo.distance > 0 || (todo.id < id ? -1 : 1) === direction))
    .slice(0, limit);
}
