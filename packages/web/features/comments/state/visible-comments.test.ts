import { describe, expect, it } from "vitest";
import { commentOf, reader, writer } from "../testing/test-comments.ts";
import { type KnownComments, type VisibleComment, visibleCommentsOf } from "./visible-comments.ts";

const nothing: KnownComments = { delivered: [], listed: undefined, told: new Map(), away: new Set() };
const told = (...comments: ReturnType<typeof commentOf>[]) => new Map(comments.map((each) => [each.id, each]));
const deliveredOf = ({ id, parentId, createdAt, version, author }: ReturnType<typeof commentOf>) => ({
  ...{ id, parentId, createdAt, version, writer: author?.name ?? null },
});
const bodies = (places: readonly VisibleComment[]) =>
  places.map(({ comment, writer: name }) => (name === null ? "gone" : comment?.body));

const first = commentOf("first");
const second = commentOf("second");
const reply = commentOf("reply", { parentId: first.id });

describe("visible comments", () => {
  it("are the server-rendered ones until the list is loaded", () => {
    const delivered = [first, second].map(deliveredOf);
    expect(visibleCommentsOf({ ...nothing, delivered }).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(bodies(visibleCommentsOf({ ...nothing, delivered, listed: [second] }))).toEqual(["second"]);
  });

  it("include local changes even if an older list arrives", () => {
    const changed = { ...first, body: "changed", version: 2 };
    const places = visibleCommentsOf({ ...nothing, listed: [first, second], told: told(changed, commentOf("mine")) });
    expect(bodies(places)).toEqual(["changed", "second", "mine"]);
  });

  it("use the list's version if it is newer", () => {
    const newer = { ...first, body: "newer", version: 3 };
    const mine = { ...first, body: "mine", version: 2 };
    expect(bodies(visibleCommentsOf({ ...nothing, listed: [newer], told: told(mine) }))).toEqual(["newer"]);
  });

  it("are in order of creation, including those that only the writer sees", () => {
    const pending = commentOf("pending", { state: "pending", createdAt: "2026-11-21T10:00:00.000Z" });
    const early = commentOf("early", { createdAt: "2026-11-21T09:00:00.000Z" });
    const late = commentOf("late", { createdAt: "2026-11-21T11:00:00.000Z" });
    const known = { ...nothing, listed: [early, late], told: told(pending) };
    expect(bodies(visibleCommentsOf(known))).toEqual(["early", "pending", "late"]);
    expect(
      bodies(visibleCommentsOf({ ...known, listed: undefined, delivered: [early, late].map(deliveredOf) })),
    ).toEqual([undefined, "pending", undefined]);
  });

  it("keep a removed comment's place only while it has replies", () => {
    const listed = [first, second, reply];
    expect(bodies(visibleCommentsOf({ ...nothing, listed, away: new Set([second.id]) }))).toEqual(["first", "reply"]);
    expect(bodies(visibleCommentsOf({ ...nothing, listed, away: new Set([first.id]) }))).toEqual([
      "gone",
      "second",
      "reply",
    ]);
    expect(bodies(visibleCommentsOf({ ...nothing, listed, away: new Set([first.id, reply.id]) }))).toEqual(["second"]);
  });

  it("keep the place of a deleted comment whose replies are not loaded yet", () => {
    const place = commentOf("", { state: "deleted", author: null });
    expect(bodies(visibleCommentsOf({ ...nothing, listed: [place] }))).toEqual(["gone"]);
  });

  it("include hidden comments only for their writer", () => {
    const hidden = commentOf("hidden", { state: "hidden", version: 2 });
    const known = { ...nothing, told: told(hidden) };
    expect(bodies(visibleCommentsOf(known, writer.id))).toEqual(["hidden"]);
    expect(visibleCommentsOf(known, reader.id)).toEqual([]);
    expect(visibleCommentsOf(known)).toEqual([]);
  });
});
