import { describe, expect, it } from "vitest";
import { emptyDraft } from "./draft.ts";
import {
  applyOutcome,
  applyServerVersion,
  decide,
  edit,
  isUnsaved,
  type LocalDraft,
  markSending,
  nextRequest,
} from "./saving-state.ts";
import { aLocalDraft, aPost, serverVersion } from "./testing/test-posts.ts";

const moment = { now: 10_000, random: 1 };
const typed = (localDraft: LocalDraft, body: string) => edit(localDraft, { body }, 5_000);
const sent = (localDraft: LocalDraft) => {
  const request = nextRequest(localDraft);
  return request ? markSending(localDraft, request) : localDraft;
};

describe("an edited draft", () => {
  it("is created with the first word and not before", () => {
    const fresh: LocalDraft = { key: "new-1", draft: emptyDraft, editedAt: 0, failures: 0 };
    expect(nextRequest(fresh)).toBeUndefined();
    expect(nextRequest(typed(fresh, "A"))).toEqual({ type: "create" });
  });

  it("sends the text typed before it had an id as its first update", () => {
    const fresh = typed({ key: "new-1", draft: emptyDraft, editedAt: 0, failures: 0 }, "A");
    const created = applyOutcome(fresh, { type: "saved", known: serverVersion(1), id: aPost }, moment);
    expect(nextRequest(created)).toEqual({ type: "update", version: 1, changes: { body: "A" } });
  });

  it("sends only changed members and names the known version", () => {
    expect(nextRequest(typed(aLocalDraft(), "B"))).toEqual({ type: "update", version: 1, changes: { body: "B" } });
  });

  it("does not resend a title that the API has trimmed", () => {
    const localDraft = sent(edit(aLocalDraft(), { title: "Title " }, 0));
    const after = applyOutcome(
      localDraft,
      { type: "saved", known: serverVersion(2, { title: "Title" }), id: aPost },
      moment,
    );
    expect(isUnsaved(after)).toBe(false);
    expect(after.draft.title).toBe("Title ");
  });

  it("keeps invalid members local and sends the rest", () => {
    const localDraft = edit(aLocalDraft(), { title: "x".repeat(201), body: "B" }, 0);
    expect(nextRequest(localDraft)).toMatchObject({ changes: { body: "B" } });
    expect(isUnsaved(localDraft)).toBe(true);
  });

  it("backs off after each failure, at least as long as Retry-After", () => {
    const localDraft = sent(typed(aLocalDraft(), "B"));
    const first = applyOutcome(localDraft, { type: "later" }, moment);
    expect(first.retryAt).toBe(11_000);
    expect(applyOutcome(first, { type: "later" }, moment).retryAt).toBe(12_000);
    expect(applyOutcome(first, { type: "later", afterMs: 30_000 }, moment).retryAt).toBe(40_000);
  });

  it("is retried after a refusal once it is edited", () => {
    const refused = applyOutcome(sent(typed(aLocalDraft(), "B")), { type: "refused", reason: "No." }, moment);
    expect(nextRequest(refused)).toBeUndefined();
    expect(nextRequest(typed(refused, "C"))).toMatchObject({ changes: { body: "C" } });
  });
});

describe("a lost response", () => {
  it("is recognized by the sent draft and causes no conflict", () => {
    const lost = typed(applyOutcome(sent(typed(aLocalDraft(), "B")), { type: "later" }, moment), "BC");
    expect(nextRequest(lost)).toEqual({ type: "update", version: 1, changes: { body: "B" } });
    const found = applyOutcome(lost, { type: "newer", known: serverVersion(2, { body: "B" }) }, moment);
    expect(found.theirs).toBeUndefined();
    expect(nextRequest(found)).toEqual({ type: "update", version: 2, changes: { body: "BC" } });
  });
});

describe("a newer server version", () => {
  it("replaces members without local changes", () => {
    expect(applyServerVersion(aLocalDraft(), serverVersion(2, { body: "B" })).draft.body).toBe("B");
  });

  it("is merged with local changes of other members", () => {
    const localDraft = applyServerVersion(
      edit(aLocalDraft(), { title: "Mine" }, 0),
      serverVersion(2, { body: "Theirs" }),
    );
    expect(localDraft.draft).toMatchObject({ title: "Mine", body: "Theirs" });
    expect(nextRequest(localDraft)).toEqual({ type: "update", version: 2, changes: { title: "Mine" } });
  });

  it("waits for the author if both changed the same member", () => {
    const localDraft = applyServerVersion(typed(aLocalDraft(), "Mine"), serverVersion(2, { body: "Theirs" }));
    expect(localDraft.draft.body).toBe("Mine");
    expect(nextRequest(localDraft)).toBeUndefined();
  });

  it("causes no conflict if it equals the local text", () => {
    expect(applyServerVersion(typed(aLocalDraft(), "Same"), serverVersion(2, { body: "Same" })).theirs).toBeUndefined();
  });

  it("is ignored if it is older", () => {
    const localDraft = applyServerVersion(aLocalDraft(), serverVersion(3, { body: "Three" }));
    expect(applyServerVersion(localDraft, serverVersion(2, { body: "Two" }))).toBe(localDraft);
  });

  it.each([
    ["mine", { keep: "mine" }, "Mine"],
    ["theirs", { keep: "theirs" }, "Theirs"],
    ["what was made of both", { keep: "mine", body: "Both" }, "Both"],
  ] as const)("is resolved to %s by the author's decision", (_, decision, body) => {
    const theirs = serverVersion(2, { body: "Theirs", title: "Their title" });
    const localDraft = applyServerVersion(typed(aLocalDraft(), "Mine"), theirs);
    const decided = decide(localDraft, decision, 0);
    expect(decided.draft.body).toBe(body);
    if (decision.keep === "mine")
      expect(nextRequest(decided)).toEqual({ type: "update", version: 2, changes: { body } });
    if (decision.keep === "theirs") expect(nextRequest(decided)).toBeUndefined();
  });
});

describe("a deleted post", () => {
  it("keeps the draft and stops sending it", () => {
    const gone = applyOutcome(sent(typed(aLocalDraft(), "B")), { type: "missing" }, moment);
    expect(gone.draft.body).toBe("B");
    expect(nextRequest(typed(gone, "C"))).toBeUndefined();
  });
});
