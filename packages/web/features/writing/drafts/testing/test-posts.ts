import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";
import { problems, problemType } from "@daybook/core/contract/problem";
import { PostId } from "@daybook/core/ids";
import type { Post } from "@daybook/core/post/post";
import { type Draft, emptyDraft, type ServerVersion } from "../draft.ts";
import type { SaveApi } from "../save-request.ts";
import type { LocalDraft } from "../saving-state.ts";

export const aPost = PostId.parse("pst_01KA6V6A1B2C3D4E5F6G7H8J9K");

export const serverVersion = (version: number, draft: Partial<Draft> = {}): ServerVersion => ({
  draft: { ...emptyDraft, ...draft },
  standing: {
    ...{ state: "draft", scheduledFor: null, scheduleProblem: null, publishedAt: null, changed: false, page: null },
    version,
  },
});

export const aLocalDraft = (): LocalDraft => ({
  ...{ key: aPost, id: aPost, draft: emptyDraft, editedAt: 0, base: serverVersion(1), failures: 0 },
});

/** Fate of a request: it is answered, never arrives, is applied without a response, or is refused temporarily. */
export type Fate = "answered" | "lost" | "unanswered" | "refused";

/**
 * In-memory fake of the API rules that saving depends on: versions and idempotency keys. Holds at most one post.
 * Example: an update with `ifMatch` 1 fails with `version-conflict` if the version is 2.
 */
export class TestPosts {
  post: Post | undefined;
  created = 0;
  fate: Fate = "answered";
  readonly #keys = new Set<string>();

  readonly client: SaveApi = {
    createPost: (_, options) =>
      this.#answer(() => {
        const key = options?.idempotencyKey ?? "";
        if (!this.#keys.has(key)) this.#create();
        this.#keys.add(key);
        return this.#found();
      }, 201),
    updatePost: ({ body }, options) =>
      this.#answer(() => {
        if (options?.ifMatch !== this.#found().version) throw this.#problem();
        return this.change(body);
      }),
    getMyPost: () => this.#answer(() => this.#found()),
  };

  #create(): void {
    this.created += 1;
    this.post = {
      ...{ id: aPost, url: `http://localhost/v1/posts/${aPost}`, ...emptyDraft, ...serverVersion(1).standing },
      ...{ createdAt: "2026-11-21T09:00:00.000Z", updatedAt: "2026-11-21T09:00:00.000Z" },
    };
  }

  /** Changes the post as any client would. */
  change(changes: Partial<Record<keyof Draft, unknown>>): Post {
    const post = this.#found();
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    this.post = { ...post, ...given, version: post.version + 1 };
    return this.post;
  }

  #found(): Post {
    if (!this.post) throw new Error("There is no post yet");
    return this.post;
  }

  #problem(): ProblemError {
    const { status, title } = problems["version-conflict"];
    const type = problemType("version-conflict");
    return new ProblemError({ type, title, status, detail: title, instance: "request" });
  }

  async #answer<T>(work: () => T, status = 200) {
    const fate = this.fate;
    if (fate === "lost") throw new NetworkError("The request was lost");
    if (fate === "refused") throw new GatewayError(503, "Not now", "request");
    const data = work();
    if (fate === "unanswered") throw new NetworkError("The answer was lost");
    return { data, status, etag: undefined, next: undefined, requestId: undefined, headers: new Headers() };
  }
}
