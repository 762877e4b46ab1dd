import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as todos from "../todo/todo-changes.ts";
import { shownListsOf, shownTodosOf } from "./state/optimistic-state.ts";
import { type Fate, TestApi } from "./testing/test-api.ts";
import { seen, TestPerson } from "./testing/test-person.ts";

const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>("answered") },
  { weight: 3, arbitrary: fc.constantFrom<Fate>("lost", "unanswered", "refused") },
);
const index = fc.nat({ max: 9 });

/** An event: a user action, a request that leaves, a response that arrives, or a page reload. */
const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("add"), list: index }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constantFrom("complete", "rename", "remove", "move", "undo"), list: index, index }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom("complete-all", "clear-completed", "remove-list"),
      list: index,
      index,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("create-list", "rename-list"), list: index }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant("send"), fate }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("receive"), index }) },
  { weight: 2, arbitrary: fc.constant({ type: "look" }) },
  { weight: 2, arbitrary: fc.constant({ type: "hear" }) },
  { weight: 1, arbitrary: fc.constant({ type: "reload" }) },
);
type Event = { type: string; list?: number; index?: number; fate?: Fate };

async function happen(
  person: TestPerson,
  api: TestApi,
  { type, list: place = 0, index = 0, fate = "answered" }: Event,
  i: number,
) {
  const lists = shownListsOf(person.state) ?? [];
  const list = lists[place % Math.max(1, lists.length)];
  const all = (list && shownTodosOf(person.state, list.key)) ?? [];
  const todo = all[index % Math.max(1, all.length)];
  const other = all[(index + 3) % Math.max(1, all.length)];
  const heldMs = 5000;
  person.now += 500;
  if (type === "send") {
    api.fate = () => fate;
    await person.sendNext();
    api.fate = () => "answered";
  } else if (type === "receive") person.receive(index);
  else if (type === "look") await person.look();
  else if (type === "hear") person.hear();
  else if (type === "reload") person.reload();
  else if (type === "undo") person.undo();
  else if (type === "create-list") person.do([{ type, key: crypto.randomUUID(), name: `List ${i}` }]);
  else if (!list) return;
  else if (type === "add") person.add(`Todo ${i}`, list.key);
  else if (type === "rename-list") person.do([{ type, key: list.key, name: `List ${i}`, base: list.name }]);
  else if (type === "remove-list" && list.kind === "list")
    person.do([{ type, key: list.key, name: list.name }], heldMs);
  else if (type === "complete-all") person.do(todos.toCompleteAll(person.state, list.key, index % 3 > 0));
  else if (type === "clear-completed") person.do(todos.toClearCompleted(person.state, list.key), heldMs);
  else if (!todo) return;
  else if (type === "complete")
    person.do(todos.toEdit(person.state, list.key, todo.key, { completed: !todo.completed }));
  else if (type === "rename") person.do(todos.toEdit(person.state, list.key, todo.key, { title: `Todo ${i}` }));
  else if (type === "remove") person.do(todos.toRemove(person.state, list.key, todo.key), heldMs);
  else if (type === "move" && other) person.do(todos.toMove(person.state, list.key, todo.key, other.key, -1));
}

describe("with any sequence of requests, responses and reloads", () => {
  it("the server ends up with what the user saw, without losses or duplicates", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60, size: "max" }), async (events) => {
        const api = new TestApi();
        const person = new TestPerson(api);
        await person.look();
        person.hear();
        for (const [i, each] of events.entries()) await happen(person, api, each, i);
        const intended = person.sees();
        await person.settleDown();
        expect(person.state.outbox).toEqual([]);
        expect(person.sees()).toEqual(intended);
        const arrived = [...api.lists.values()].map(({ id, name }) => [name, seen(api.todosOf(id))]);
        expect(Object.fromEntries(arrived)).toEqual(intended);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
