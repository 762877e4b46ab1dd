import { describe, expect, it } from "vitest";
import { emptyDraft } from "./draft.ts";
import { begin, decide, edit, isUnsaved, type Kept, nextRequest, received, settle } from "./saving.ts";
import { aPost, keptPost, knownVersion } from "./test-posts.ts";

const moment = { now: 10_000, random: 1 };
const typed = (kept: Kept, body: string) => edit(kept, { body }, 5_000);
const sent = (kept: Kept) => {
  const request = nextRequest(kept);
  return request ? begin(kept, request) : kept;
};

describe("a post that is written", () => {
  it("is created when there is a first word, and not before", () => {
    const fresh: Kept = { key: "new-1", draft: emptyDraft, editedAt: 0, failures: 0 };
    expect(nextRequest(fresh)).toBeUndefined();
    expect(nextRequest(typed(fresh, "A"))).toEqual({ type: "create" });
  });

  it("sends what was typed before it had an id as its first change", () => {
    const fresh = typed({ key: "new-1", draft: emptyDraft, editedAt: 0, failures: 0 }, "A");
    const created = settle(fresh, { type: "saved", known: knownVersion(1), id: aPost }, moment);
    expect(nextRequest(created)).toEqual({ type: "update", version: 1, changes: { body: "A" } });
  });

  it("sends only what differs, naming the version that it knows", () => {
    expect(nextRequest(typed(keptPost(), "B"))).toEqual({ type: "update", version: 1, changes: { body: "B" } });
  });

  it("does not send a title again that the API has tidied up", () => {
    const kept = sent(edit(keptPost(), { title: "Title " }, 0));
    const after = settle(kept, { type: "saved", known: knownVersion(2, { title: "Title" }), id: aPost }, moment);
    expect(isUnsaved(after)).toBe(false);
    expect(after.draft.title).toBe("Title ");
  });

  it("keeps what the API would refuse, and sends the rest", () => {
    const kept = edit(keptPost(), { title: "x".repeat(201), body: "B" }, 0);
    expect(nextRequest(kept)).toMatchObject({ changes: { body: "B" } });
    expect(isUnsaved(kept)).toBe(true);
  });

  it("waits longer after each failure, but at least as long as the API asks for", () => {
    const kept = sent(typed(keptPost(), "B"));
    const first = settle(kept, { type: "later" }, moment);
    expect(first.retryAt).toBe(11_000);
    expect(settle(first, { type: "later" }, moment).retryAt).toBe(12_000);
    expect(settle(first, { type: "later", afterMs: 30_000 }, moment).retryAt).toBe(40_000);
  });

  it("is tried again after a refusal as soon as it is edited", () => {
    const refused = settle(sent(typed(keptPost(), "B")), { type: "refused", reason: "No." }, moment);
    expect(nextRequest(refused)).toBeUndefined();
    expect(nextRequest(typed(refused, "C"))).toMatchObject({ changes: { body: "C" } });
  });
});

describe("an answer that was lost", () => {
  it("is recognised by what was sent: it is no conflict", () => {
    const lost = typed(settle(sent(typed(keptPost(), "B")), { type: "later" }, moment), "BC");
    expect(nextRequest(lost)).toEqual({ type: "update", version: 1, changes: { body: "B" } });
    const found = settle(lost, { type: "newer", known: knownVersion(2, { body: "B" }) }, moment);
    expect(found.theirs).toBeUndefined();
    expect(nextRequest(found)).toEqual({ type: "update", version: 2, changes: { body: "BC" } });
  });
});

describe("a newer version", () => {
  it("is taken over where nothing was typed", () => {
    expect(received(keptPost(), knownVersion(2, { body: "B" })).draft.body).toBe("B");
  });

  it("is brought together with changes of something else", () => {
    const kept = received(edit(keptPost(), { title: "Mine" }, 0), knownVersion(2, { body: "Theirs" }));
    expect(kept.draft).toMatchObject({ title: "Mine", body: "Theirs" });
    expect(nextRequest(kept)).toEqual({ type: "update", version: 2, changes: { title: "Mine" } });
  });

  it("waits for the author where both have changed the same", () => {
    const kept = received(typed(keptPost(), "Mine"), knownVersion(2, { body: "Theirs" }));
    expect(kept.draft.body).toBe("Mine");
    expect(nextRequest(kept)).toBeUndefined();
  });

  it("says nothing when it is the same as what was typed", () => {
    expect(received(typed(keptPost(), "Same"), knownVersion(2, { body: "Same" })).theirs).toBeUndefined();
  });

  it("that is older says nothing new", () => {
    const kept = received(keptPost(), knownVersion(3, { body: "Three" }));
    expect(received(kept, knownVersion(2, { body: "Two" }))).toBe(kept);
  });

  it.each([
    ["mine", { keep: "mine" }, "Mine"],
    ["theirs", { keep: "theirs" }, "Theirs"],
    ["what was made of both", { keep: "merge", draft: { ...emptyDraft, body: "Both" } }, "Both"],
  ] as const)("becomes %s when the author decides so", (_, decision, body) => {
    const theirs = knownVersion(2, { body: "Theirs", title: "Their title" });
    const kept = received(typed(keptPost(), "Mine"), theirs);
    const decided = decide(kept, decision, 0);
    expect(decided.draft.body).toBe(body);
    if (decision.keep === "mine")
      expect(nextRequest(decided)).toEqual({ type: "update", version: 2, changes: { body: "Mine" } });
    if (decision.keep === "theirs") expect(nextRequest(decided)).toBeUndefined();
  });
});

describe("a post that is gone", () => {
  it("keeps what was written, and is not sent any more", () => {
    const gone = settle(sent(typed(keptPost(), "B")), { type: "missing" }, moment);
    expect(gone.draft.body).toBe("B");
    expect(nextRequest(typed(gone, "C"))).toBeUndefined();
  });
});
