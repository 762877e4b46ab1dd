import { describe, expect, it } from "vitest";
import { type Count, type CountChange, counted } from "./list.counts.ts";

const numbered = (place: number) => `2026-11-21T10:00:00.000#${String(place).padStart(40, "0")}`;
/** A place in the stream; without a second of its own it is in one that nothing else shares. */
const at = (place: number, second = place) => ({ position: numbered(place), at: second });
const opened = (place: number, second?: number): CountChange => ({ ...at(place, second), type: "opened" });
const closed = (place: number, second?: number): CountChange => ({ ...at(place, second), type: "closed" });
const began = (place: number, id = "a"): CountChange => ({ ...at(place), type: "recount-began", id });
const ended = (place: number, openTodos: number, id = "a"): CountChange => ({
  ...{ ...at(place), type: "recount-ended", id, openTodos },
});
const fresh: Count = { openTodos: 0, countedTo: undefined, countedAt: undefined, recount: undefined };

/** The count after batches, each of which is delivered as a whole, and how often a recount was asked for. */
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
  it("adds what was opened, and takes off what was closed", () => {
    const changes = [opened(1), opened(2), closed(3), opened(40)];
    expect(after([changes])).toEqual({ ...fresh, openTodos: 2, countedTo: numbered(40), countedAt: 40, asked: 0 });
  });

  it("is the same however its batches overlap and repeat", () => {
    const all = [opened(1), opened(2), closed(3), opened(4), closed(5), opened(6), opened(7)];
    const whole = after([all]);
    for (let from = 0; from <= all.length; from += 1) {
      for (let to = from; to <= all.length; to += 1) {
        const [start, middle] = [all.slice(0, to), all.slice(from, to)];
        expect(after([start, middle, all.slice(from), all])).toEqual(whole);
      }
    }
  });

  it("knows that a change was counted, also when what it came with made no difference", () => {
    expect(after([[opened(1)], [opened(1), closed(2)], [closed(2)]])).toMatchObject({ openTodos: 0 });
    expect(after([[opened(1), closed(2)], [opened(1)]])).toMatchObject({ openTodos: 0, countedTo: numbered(2) });
  });

  it("goes on with the stream of a restored table, whose numbers begin anew", () => {
    const restored = { ...opened(1), position: numbered(1).replace("2026", "2027") };
    expect(after([[opened(7)], [restored], [restored]])).toMatchObject({ openTodos: 2, asked: 0 });
  });

  it("goes on in a shard that follows another, whose numbers may be lower", () => {
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
  it("is asked for once: where it is unknown, and where it is below zero", () => {
    const unknown = { ...fresh, openTodos: undefined };
    expect(after([[opened(1)], [opened(2)]], unknown)).toMatchObject({ openTodos: undefined, asked: 1 });
    expect(after([[closed(1)], [closed(2)]])).toMatchObject({ openTodos: -2, recount: "wanted", asked: 1 });
  });

  it("is put right where an undisturbed recount ends, and goes on from there", () => {
    const changes = [[closed(1)], [began(2)], [ended(3, 5), opened(4)]];
    expect(after(changes)).toEqual({ ...fresh, openTodos: 6, countedTo: numbered(4), countedAt: 4, asked: 1 });
    expect(after([...changes, [ended(3, 5)]])).toMatchObject({ openTodos: 6 });
  });

  it("is put right by a recount that nobody has asked for here", () => {
    expect(after([[opened(1)], [began(2), ended(3, 7)]])).toMatchObject({ openTodos: 7, asked: 0 });
  });

  it("is counted again when something changed meanwhile", () => {
    const disturbed = [[closed(1)], [began(2), opened(3)], [ended(4, 5)]];
    expect(after(disturbed)).toMatchObject({ openTodos: 0, recount: "wanted", asked: 2 });
    const again = [began(5, "b"), ended(6, 6, "b")];
    expect(after([...disturbed, again])).toMatchObject({ openTodos: 6, recount: undefined });
  });

  it("believes the last of several recounts alone", () => {
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

  it("is asked for when a change may have been delivered again, or come from a new shard in the same second", () => {
    const same = [[opened(8, 5), opened(9, 5)], [opened(8, 5)]];
    expect(after(same)).toMatchObject({ openTodos: 2, countedTo: numbered(9), recount: "wanted", asked: 1 });
    expect(after([...same, [opened(8, 5)], [began(10), ended(11, 3)]])).toMatchObject({ openTodos: 3, asked: 1 });
    // What was counted last comes with it: this is the same shard.
    expect(
      after([
        [opened(8, 5), opened(9, 5)],
        [opened(8, 5), opened(9, 5)],
      ]),
    ).toMatchObject({ asked: 0 });
  });

  it("is not forgotten when the end of a recount is what may have been delivered again", () => {
    const end: CountChange = { ...ended(8, 3), at: 20 };
    expect(after([[closed(9, 10)], [opened(10, 20)], [end]])).toMatchObject({ recount: "wanted", asked: 2 });
  });
});
