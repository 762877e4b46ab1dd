import { describe, expect, it } from "vitest";
import { ListId, newListId, newSessionId, newTodoId, SessionId, TodoId, UserId, userIdOf } from "./ids.ts";

const at = (time: string) => ({ now: () => new Date(time) });
const clock = at("2026-11-21T10:00:00.000Z");

describe("ids", () => {
  it("match their schemas", () => {
    expect(ListId.parse(newListId(clock))).toMatch(/^lst_/);
    expect(TodoId.parse(newTodoId(clock))).toMatch(/^tod_/);
    expect(SessionId.parse(newSessionId(clock))).toMatch(/^ses_/);
  });

  it("sort by creation time", () => {
    const ids = ["2026-11-21T10:00:00.002Z", "2027-01-01T00:00:00.000Z", "2026-11-21T10:00:00.001Z"]
      .map((time) => newTodoId(at(time)))
      .toSorted();
    expect(ids.map((id) => id.slice(4, 14))).toEqual(ids.map((id) => id.slice(4, 14)).toSorted());
    expect(new Set(Array.from({ length: 1000 }, () => newTodoId(clock))).size).toBe(1000);
  });

  it("of one kind are rejected by the schema and the type of another", () => {
    expect(TodoId.safeParse(newListId(clock)).success).toBe(false);
    // @ts-expect-error A list id is not a todo id.
    const wrong: TodoId = newListId(clock);
    expect(wrong).toBeDefined();
  });

  it.each([
    "tod_",
    "tod_01JD0000000000000000000000x",
    "tod_01jd0000000000000000000000",
    "TOD_01JD0000000000000000000000",
  ])("are not parsed from %j", (id) => expect(TodoId.safeParse(id).success).toBe(false));

  it("of users are derived from the user pool's `sub`", () => {
    const sub = "6f1c2b1e-0d0a-4d0e-9d39-3f0f2f2b7a11";
    expect(UserId.parse(userIdOf(sub))).toBe(`usr_${sub}`);
    expect(() => userIdOf("not-a-uuid")).toThrow();
  });
});
