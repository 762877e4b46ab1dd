import type { Comment, CommentCreate } from "@daybook/core/comment/comment";
import { NetworkError, ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problems, problemType } from "@daybook/core/contract/problem";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newStorage } from "../../../lib/test-storage.ts";
import { commentOf } from "../testing/test-comments.ts";
import { Drafts } from "./comment-drafts.ts";
import { Conversation } from "./conversation.ts";
import type { CommentPage } from "./fetch-comments.ts";

const refusal = (code: ProblemCode) =>
  new ProblemError({ type: problemType(code), ...problems[code], detail: "", instance: "request-1" });

/** In-memory fake of the API with idempotency keys and failures. */
class Api {
  pages: CommentPage[] = [];
  readonly made = new Map<string, Comment>();
  own: Comment | undefined;
  mayAct = true;
  requests = 0;
  fail: (() => void) | undefined;

  readonly ports = {
    list: async () => this.pages.shift() ?? { data: [], next: undefined, madeAt, ageSeconds: 0 },
    create: async ({ body }: CommentCreate, key: string) => {
      this.requests += 1;
      this.fail?.();
      const comment = this.made.get(key) ?? commentOf(body, this.own);
      this.made.set(key, comment);
      return comment;
    },
    readOwn: async () => this.own,
    listToReview: async () => [],
    mayAct: () => this.mayAct,
    wait: async () => {},
  };
}

/** When the page was rendered. */
const madeAt = Date.parse("2026-11-21T09:00:00Z");

let api: Api;
let storage: Storage;
beforeEach(() => {
  vi.useFakeTimers();
  api = new Api();
  storage = newStorage();
});
afterEach(() => vi.useRealTimers());

const draftsOf = () => new Drafts("usr_ada", "pst_1", storage);
function converse() {
  const drafts = draftsOf();
  return { drafts, conversation: new Conversation(api.ports, { delivered: [], madeAt }, drafts) };
}
const sendingsOf = ({ state }: Conversation) => [...state().sendings.values()];
const settled = () => vi.advanceTimersByTimeAsync(0);
const listed = ({ state }: Conversation) => state().listed?.map(({ body }) => body);

describe("the list", () => {
  it("is loaded page by page", async () => {
    api.pages = [
      { data: [commentOf("one")], next: "cursor", madeAt, ageSeconds: 0 },
      { data: [commentOf("two")], next: undefined, madeAt, ageSeconds: 0 },
    ];
    const { conversation } = converse();
    await conversation.load();
    expect(listed(conversation)).toEqual(["one", "two"]);
    expect(conversation.state().next).toBeUndefined();
  });

  it("is requested again if a cache returned an old copy", async () => {
    api.pages = [
      { data: [commentOf("old")], next: undefined, madeAt, ageSeconds: 40 },
      { data: [commentOf("new")], next: undefined, madeAt, ageSeconds: 1 },
    ];
    const { conversation } = converse();
    await conversation.load();
    expect(listed(conversation)).toEqual(["new"]);
  });

  it("is requested again until a fresh copy arrives, with a limit", async () => {
    const page = (body: string, ageSeconds: number) => ({
      data: [commentOf(body)],
      next: undefined,
      madeAt,
      ageSeconds,
    });
    api.pages = [page("old", 40), page("old", 41), page("old", 42), page("new", 2)];
    const { conversation } = converse();
    const shown: unknown[] = [];
    conversation.subscribe(() => shown.push(listed(conversation)?.join()));
    await conversation.load();
    expect(shown).toEqual([undefined, "old", "old", "old", "new"]);
    api.pages = [40, 41, 42, 44, 49, 50].map((age) => page(`${age}`, age));
    await conversation.load();
    expect(listed(conversation)).toEqual(["49"]);
  });

  it("is never older than the page", async () => {
    const page = (body: string, made: number) => ({
      data: [commentOf(body)],
      next: undefined,
      madeAt: made,
      ageSeconds: 0,
    });
    api.pages = [page("old", madeAt - 1), page("new", madeAt)];
    const { conversation } = converse();
    await conversation.load();
    expect(listed(conversation)).toEqual(["new"]);
  });

  it("continues where it stopped when the reader loads more", async () => {
    const page = (next?: string) => ({
      data: Array.from({ length: 100 }, () => commentOf("x")),
      next,
      madeAt,
      ageSeconds: 0,
    });
    api.pages = [...Array.from({ length: 5 }, () => page("cursor")), page()];
    const { conversation } = converse();
    await conversation.load();
    expect(listed(conversation)).toHaveLength(500);
    await conversation.more();
    expect(listed(conversation)).toHaveLength(600);
    expect(conversation.state().next).toBeUndefined();
  });
});

describe("a sent comment", () => {
  it("is shown at once and replaced by the API's version", async () => {
    const { conversation, drafts } = converse();
    drafts.write("new", "Hello");
    conversation.send("new");
    expect(sendingsOf(conversation)).toMatchObject([{ body: "Hello", failures: 0 }]);
    await settled();
    expect(sendingsOf(conversation)).toEqual([]);
    expect(conversation.state()).toMatchObject({ outcome: { slot: "new", comment: { body: "Hello" } } });
    expect(drafts.get("new")).toBeUndefined();
  });

  it("is retried until it arrives and is created once", async () => {
    const { conversation, drafts } = converse();
    drafts.write("new", "Hello");
    api.fail = () => {
      throw new NetworkError("The server cannot be reached");
    };
    conversation.send("new");
    await settled();
    expect(sendingsOf(conversation)).toMatchObject([{ failures: 1 }]);
    await vi.advanceTimersByTimeAsync(2_000);
    api.fail = undefined;
    await vi.advanceTimersByTimeAsync(4_000);
    expect([api.requests, api.made.size, sendingsOf(conversation).length]).toEqual([3, 1, 0]);
  });

  it("is sent by the next page with the same idempotency key", async () => {
    const first = converse();
    first.drafts.write("new", "Hello");
    const key = first.drafts.get("new")?.key;
    api.fail = () => {
      throw new NetworkError("The answer broke off");
    };
    first.conversation.send("new");
    await settled();
    first.conversation.close();
    api.fail = undefined;
    const next = converse();
    next.conversation.open();
    await settled();
    expect([...api.made.keys()]).toEqual([key]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(api.requests).toBe(2);
  });

  it("returns to the form with the reason if it is refused", async () => {
    const { conversation, drafts } = converse();
    drafts.write("new", "Hello");
    api.fail = () => {
      throw refusal("comments-closed");
    };
    conversation.send("new");
    await settled();
    const { refusals } = conversation.state();
    expect(sendingsOf(conversation)).toEqual([]);
    expect(refusals.get("new")).toBeInstanceOf(ProblemError);
    expect(drafts.get("new")).toMatchObject({ body: "Hello", sent: false });
    conversation.forgive("new");
    expect(conversation.state().refusals.size).toBe(0);
  });

  it("does not delete a newer text in its slot when it arrives after it was taken back", async () => {
    const { conversation, drafts } = converse();
    drafts.write("new", "Hello");
    conversation.send("new");
    conversation.takeBack("new");
    drafts.write("new", "Something else");
    conversation.send("new");
    expect(sendingsOf(conversation)).toMatchObject([{ body: "Something else" }]);
    await settled();
    expect([...api.made.values()].map(({ body }) => body)).toEqual(["Hello", "Something else"]);
    expect(sendingsOf(conversation)).toEqual([]);
    expect(drafts.get("new")).toBeUndefined();
  });

  it("is retried at once when the network returns, without extra retries", async () => {
    const { conversation, drafts } = converse();
    drafts.write("new", "Hello");
    api.fail = () => {
      throw new NetworkError("The server cannot be reached");
    };
    conversation.send("new");
    await settled();
    conversation.wake();
    await settled();
    expect(api.requests).toBe(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(api.requests).toBe(3);
    conversation.close();
  });

  it("is held while another user is signed in", async () => {
    const { conversation, drafts } = converse();
    drafts.write("new", "Hello");
    api.mayAct = false;
    conversation.send("new");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.requests).toBe(0);
    expect(drafts.get("new")?.sent).toBe(true);
    conversation.close();
  });

  it("is remembered only while it waits for approval", async () => {
    api.own = commentOf("Hello", { state: "pending" });
    const first = converse();
    first.drafts.write("new", "Hello");
    first.conversation.send("new");
    await settled();
    expect(first.drafts.waiting()).toEqual([api.own.id]);

    const later = converse();
    later.conversation.open();
    await settled();
    expect(later.conversation.state().told.get(api.own.id)?.state).toBe("pending");

    api.own = { ...api.own, state: "visible", version: 2 };
    const last = converse();
    last.conversation.open();
    await settled();
    expect(last.drafts.waiting()).toEqual([]);
  });
});
