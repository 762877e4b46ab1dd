import { GatewayError, ProblemError } from "@daybook/core/contract/failures";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { reasonOf } from "../../../lib/request-id.ts";
import type { UserApi } from "../../session/user-api.ts";
import { serverVersionOf } from "./draft.ts";
import type { LocalDraft, Outcome, SaveRequest } from "./saving-state.ts";

/** Operations of the API that saving uses. */
export type SaveApi = Pick<UserApi, "createPost" | "updatePost" | "getMyPost">;

/** Sends a save request. Never rejects: errors become outcomes. */
export async function sendSaveRequest(localDraft: LocalDraft, request: SaveRequest, api: SaveApi): Promise<Outcome> {
  try {
    if (request.type === "create") {
      // Idempotent: a retry with the same key creates nothing. The content follows as an update. Example: two requests
      // with the key "new-5f0c…" create one post.
      const { data } = await api.createPost({ body: {} }, { idempotencyKey: localDraft.key });
      return { type: "saved", known: serverVersionOf(data), id: data.id };
    }
    const params = paramsOf(localDraft);
    const { data } = await api.updatePost({ params, body: request.changes }, { ifMatch: request.version });
    return { type: "saved", known: serverVersionOf(data), id: data.id };
  } catch (error) {
    if (!isProblem(error, "version-conflict")) return outcomeOfError(error);
    return readPost(localDraft, api);
  }
}

/** Fetches the current version of the post. */
export async function readPost(localDraft: LocalDraft, api: SaveApi): Promise<Outcome> {
  try {
    return { type: "newer", known: serverVersionOf((await api.getMyPost({ params: paramsOf(localDraft) })).data) };
  } catch (error) {
    return outcomeOfError(error);
  }
}

/**
 * Status codes of temporary refusals: expired token (401), timeout (408), too early (425), rate limit (429). Example:
 * 429 with `Retry-After: 5` is retried after 5 s or more; 422 is `refused`.
 */
const passing = new Set([401, 408, 425, 429]);

/**
 * Maps a failed request to an outcome. Example: a network error and 503 are `later`, a missing post is `missing`, 422
 * is `refused`.
 */
export function outcomeOfError(error: unknown): Outcome {
  const reason = reasonOf(error);
  if (isProblem(reason, "post-not-found")) return { type: "missing" };
  if (!(reason instanceof ProblemError || reason instanceof GatewayError)) return { type: "later" };
  const { status, retryAfterSeconds } = reason;
  if (status >= 500 || passing.has(status) || isProblem(reason, "request-in-flight"))
    return { type: "later", afterMs: retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000 };
  return { type: "refused", reason: problemInWords(reason) };
}

function paramsOf({ id }: LocalDraft) {
  if (id === undefined) throw new Error("The post has no id yet");
  return { postId: id };
}
