import { UpdateTransaction } from "dynamodb-toolbox/entity/actions/transactUpdate";
import { execute, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { $add } from "dynamodb-toolbox/entity/actions/update/symbols";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { todoPartition } from "../db/keys.ts";
import { table } from "../db/table.ts";
import { TodoId } from "../ids.ts";
import type { ListAccess } from "../list/list.access.ts";
import { isProblem } from "../problem.ts";
import { directionOf, leastGap, type Side, sides, spread } from "./todo.order.ts";
import { TodoItem } from "./todo.repository.ts";

/** How many todos on either side may be moved: both together fit into one transaction. */
const windowSize = 50;

/** A todo beside a place, and how far it is from there. */
interface Neighbour {
  readonly id: TodoId;
  readonly version: number;
  readonly distance: number;
}

/** The sides of a place in a list on which another todo is too near; one round trip, at the same time as the write that takes the place. */
export async function crowdedSides(access: ListAccess, id: TodoId, order: number): Promise<Side[]> {
  const nearest = await Promise.all(sides.map((side) => neighboursOf(access, id, { order, side, limit: 1 })));
  return sides.filter((_, i) => nearest[i]?.some(({ distance }) => distance < leastGap(order)));
}

/**
 * Moves what is too near to a todo away from it, in one transaction that holds only while nobody else changes these todos. The todo
 * itself keeps the order that it was given. What cannot be moved now is moved when the next todo is placed there.
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
  const [first, ...others] = moves.flat().flatMap(({ place, neighbour }) =>
    neighbour
      ? TodoItem.build(UpdateTransaction)
          .item({
            ...{ listId: list.id, epoch: list.epoch, id: neighbour.id },
            ...{ order: place, updatedAt: now, version: $add(1) },
          })
          .options({ condition: { attr: "version", eq: neighbour.version } })
      : [],
  );
  if (!first) return;
  try {
    await retryTransactionConflicts(() => execute(first, ...others));
  } catch (error) {
    if (!isTransactionCancelled(error) && !isProblem(error, "temporarily-unavailable")) throw error;
  }
}

/** The todos on one side of a place, nearest first, without the one that is placed there. Of those at the very place, ids decide the side. */
async function neighboursOf(
  { list }: ListAccess,
  id: TodoId,
  { order, side, limit }: { readonly order: number; readonly side: Side; readonly limit: number },
): Promise<Neighbour[]> {
  const { Items = [] } = await table
    .build(QueryCommand)
    .entities(TodoItem)
    .query({
      index: "lsi1",
      partition: todoPartition(list.id, list.epoch),
      range: side === "after" ? { gte: order } : { lte: order },
    })
    .options({ consistent: true, entityAttrFilter: false, reverse: side === "before", limit: limit + 1 })
    .send();
  const direction = directionOf(side);
  return Items.map((todo) => ({
    id: TodoId.parse(todo.id),
    version: todo.version,
    distance: Math.abs(todo.order - order),
  }))
    .filter((todo) => todo.id !== id && (todo.distance > 0 || (todo.id < id ? -1 : 1) === direction))
    .slice(0, limit);
}
