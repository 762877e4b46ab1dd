import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { mergeLines } from "./merge-lines.ts";
import { readPost, sendSaveRequest } from "./save-request.ts";
import {
  applyOutcome,
  decide,
  edit,
  isUnsaved,
  LocalDraft,
  markSending,
  newLocalDraft,
  nextRequest,
  type Outcome,
} from "./saving-state.ts";
import { type Fate, TestPosts } from "./testing/test-posts.ts";

const fate = fc.constantFrom<Fate>("answered", "answered", "lost", "unanswered", "refused");
const event = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ type: "type" as const }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant("send" as const), fate }) },
  { weight: 4, arbitrary: fc.constant({ type: "receive" as const }) },
  { weight: 2, arbitrary: fc.constant({ type: "elsewhere" as const }) },
  { weight: 1, arbitrary: fc.constant({ type: "reload" as const }) },
  { weight: 1, arbitrary: fc.constant({ type: "decide" as const }) },
);

/**
 * An author in a browser in which the test controls each step. Each written word, here or elsewhere, is its own line.
 */
class Author {
  readonly api = new TestPosts();
  readonly words: string[] = [];
  localDraft: LocalDraft = newLocalDraft("new-1", 0);
  #answer: Promise<Outcome> | undefined;
  #count = 0;

  write(): void {
    this.localDraft = edit(this.localDraft, { body: this.#withWord(this.localDraft.draft.body) }, 0);
  }

  writeElsewhere(): void {
    if (this.api.post) this.api.change({ body: this.#withWord(this.api.post.body) });
  }

  /** Sends the next request, unless one is pending. Its response arrives with `receive`. */
  send(fate: Fate): void {
    const request = this.#answer ? undefined : nextRequest(this.localDraft);
    if (!request) return;
    this.localDraft = markSending(this.localDraft, request);
    this.api.fate = fate;
    this.#answer = sendSaveRequest(this.localDraft, request, this.api.client);
    this.api.fate = "answered";
  }

  async receive(): Promise<void> {
    const outcome = await this.#answer;
    this.#answer = undefined;
    if (outcome) this.localDraft = applyOutcome(this.localDraft, outcome, { now: 0, random: 0.5 });
  }

  /**
   * Reloads the page: drops the pending request and restores the stored draft. Example: a draft with `sending` "B"
   * sends "B" again.
   */
  reload(): void {
    this.#answer = undefined;
    this.localDraft = v.parse(LocalDraft, JSON.parse(JSON.stringify(this.localDraft)));
  }

  decide(): void {
    const { theirs, base, draft } = this.localDraft;
    if (!theirs) return;
    const marks = { mine: "<", theirs: "=", end: ">" };
    const body = mergeLines(base?.draft.body ?? "", draft.body, theirs.draft.body, marks);
    this.localDraft = decide(this.localDraft, { keep: "mine", body }, 0);
  }

  async settleDown(): Promise<void> {
    for (let i = 0; i < 50 && (isUnsaved(this.localDraft) || this.localDraft.theirs); i += 1) {
      await this.receive();
      this.decide();
      this.send("answered");
    }
    await this.receive();
    if (this.localDraft.id)
      this.localDraft = applyOutcome(this.localDraft, await readPost(this.localDraft, this.api.client), {
        now: 0,
        random: 0.5,
      });
  }

  #withWord(text: string): string {
    this.#count += 1;
    const word = `word-${this.#count}.`;
    this.words.push(word);
    return text === "" ? word : `${text}\n${word}`;
  }
}

describe("with any sequence of edits, requests, responses, reloads and other devices", () => {
  it("every word reaches the API and is shown", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60, size: "max" }), async (events) => {
        const author = new Author();
        for (const each of events) {
          if (each.type === "type") author.write();
          else if (each.type === "send") author.send(each.fate);
          else if (each.type === "receive") await author.receive();
          else if (each.type === "elsewhere") author.writeElsewhere();
          else if (each.type === "reload") author.reload();
          else author.decide();
        }
        await author.settleDown();
        const arrived = author.api.post?.body ?? "";
        expect(author.words.filter((word) => !arrived.includes(word))).toEqual([]);
        expect(author.localDraft.draft.body).toBe(arrived);
        expect(author.api.created).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
