import { describe, expect, it } from "vitest";
import { type Count, type CountChange, counted } from "./list.counts.ts";

const numbered = (place: number) => `2026-11-21T10:00:00.000#${String(place).padStart(40, "0")}`;
/** A position in the stream. Without `second`, its timestamp is one that no other position shares. */
const at = (place: number, second = place) => ({ position: numbered(place), at: second });
const opened = (place: number, second?: number): CountChange => ({ ...at(place, second), type: "opened" });
const closed = (place: number, second?: number): CountChange => ({ ...at(place, second), type: "closed" });
const began = (place: number, id = "a"): CountChange => ({ ...at(place), type: "recount-began", id });
const ended = (place: number, openTodos: number, id = "a"): CountChange => ({
  ...{ ...at(place), type: "recount-ended", id, openTodos },
});
const fresh: Count = { openTodos: 0, countedTo: undefined, countedAt: undefined, recount: undefined };

/** Returns the count after delivering the batches one by one, and the number of requested recounts. */
function after(batches: CountChange[][], count: Count = fresh): Count & { asked: number } {
  return batches.reduce(
    ({ asked, ...before }, changes) => {
      const next = counted(before, changes);
      return next ? { ...next.count, asked: asked + Number(next.ask) } : { ...before, asked };
    },
    { ...count, asked: 0 },
  );
}

describe("a count", () => {
  it("adds opened todos and subtracts closed todos", () => {
    const changes = [opened(1), opened(2), closed(3), opened(40)];
    expect(after([changes])).toEqual({ ...fresh, openTodos: 2, countedTo: numbered(40), countedAt: 40, asked: 0 });
  });

  it("is the same for all overlapping and repeated batches", () => {
    const all = [opened(1), opened(2), closed(3), opened(4), closed(5), opened(6), opened(7)];
    const whole = after([all]);
    for (let from = 0; from <= all.length; from += 1) {
      for (let to = from; to <= all.length; to += 1) {
        const [start, middle] = [all.slice(0, to), all.slice(from, to)];
        expect(after([start, middle, all.slice(from), all])).toEqual(whole);
      }
    }
  });

  it("ignores a redelivered change when opened and closed todos cancel out", () => {
    expect(after([[opened(1)], [opened(1), closed(2)], [closed(2)]])).toMatchObject({ openTodos: 0 });
    expect(after([[opened(1), closed(2)], [opened(1)]])).toMatchObject({ openTodos: 0, countedTo: numbered(2) });
  });

  it("continues with the stream of a restored table, whose sequence numbers restart", () => {
    const restored = { ...opened(1), position: numbered(1).replace("2026", "2027") };
    expect(after([[opened(7)], [restored], [restored]])).toMatchObject({ openTodos: 2, asked: 0 });
  });

  it("continues in a new shard with lower sequence numbers", () => {
    const changes = [
      [opened(900, 5), opened(901, 5)],
      [opened(30, 6), opened(31, 6)],
      [opened(30, 6), opened(31, 6)],
    ];
    expect(after(changes)).toMatchObject({ openTodos: 4, countedTo: numbered(31), asked: 0 });
    expect(after([...changes, [opened(32, 6), closed(33, 7)]])).toMatchObject({ openTodos: 4 });
  });
});

describe("a count that is in doubt", () => {
  it("requests one recount when it is unknown or negative", () => {
    const unknown = { ...fresh, openTodos: undefined };
    expect(after([[opened(1)], [opened(2)]], unknown)).toMatchObject({ openTodos: undefined, asked: 1 });
    expect(after([[closed(1)], [closed(2)]])).toMatchObject({ openTodos: -2, recount: "wanted", asked: 1 });
  });

  it("takes the result of an undisturbed recount and continues from there", () => {
    const changes = [[closed(1)], [began(2)], [ended(3, 5), opened(4)]];
    expect(after(changes)).toEqual({ ...fresh, openTodos: 6, countedTo: numbered(4), countedAt: 4, asked: 1 });
    expect(after([...changes, [ended(3, 5)]])).toMatchObject({ openTodos: 6 });
  });

  it("takes the result of a recount that it did not request", () => {
    expect(after([[opened(1)], [began(2), ended(3, 7)]])).toMatchObject({ openTodos: 7, asked: 0 });
  });

  it("requests another recount when a todo changed during the recount", () => {
    const disturbed = [[closed(1)], [began(2), opened(3)], [ended(4, 5)]];
    expect(after(disturbed)).toMatchObject({ openTodos: 0, recount: "wanted", asked: 2 });
    const again = [began(5, "b"), ended(6, 6, "b")];
    expect(after([...disturbed, again])).toMatchObject({ openTodos: 6, recount: undefined });
  });

  it("takes only the result of the last of several recounts", () => {
    const changes = [
      began(1),
      began(2, "b"),
      opened(3),
      ended(4, 9),
      began(5, "c"),
      ended(6, 1, "c"),
      ended(7, 9, "b"),
    ];
    expect(after([changes])).toMatchObject({ openTodos: 1, recount: undefined, asked: 1 });
  });

  it("requests a recount when a change is either a redelivery or from a new shard in the same second", () => {
    const same = [[opened(8, 5), opened(9, 5)], [opened(8, 5)]];
    expect(after(same)).toMatchObject({ openTodos: 2, countedTo: numbered(9), recount: "wanted", asked: 1 });
    expect(after([...same, [opened(8, 5)], [began(10), ended(11, 3)]])).toMatchObject({ openTodos: 3, asked: 1 });
    // The batch contains the last counted change, so this is the same shard.
    expect(
      after([
        [opened(8, 5), opened(9, 5)],
        [opened(8, 5), opened(9, 5)],
      ]),
    ).toMatchObject({ asked: 0 });
  });

  it("requests another recount when the doubtful change is the end of a recount", () => {
    const end: CountChange = { ...ended(8, 3), at: 20 };
    expect(after([[closed(9, 10)], [opened(10, 20)], [end]])).toMatchObject({ recount: "wanted", asked: 2 });
  });
});
