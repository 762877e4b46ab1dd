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

/** What happens to a request: it is answered, never arrives, is carried out without an answer, or is refused for the moment. */
export type Fate = "answered" | "lost" | "unanswered" | "refused";

/** The rules of the API that saving depends on, in memory: versions and idempotency keys. It has one post at most. */
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

  /** Somebody changes the post: from here, or elsewhere. */
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
