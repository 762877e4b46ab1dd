import { failureOf } from "../../../lib/offline/failure.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { reasonOf } from "../../../lib/request-id.ts";
import type { userApi } from "../../session/user-api.ts";
import { serverVersionOf } from "./draft.ts";
import type { LocalDraft, Outcome, SaveRequest } from "./saving-state.ts";

/** Operations of the API that saving uses. */
export type SaveApi = Pick<typeof userApi, "createPost" | "updatePost" | "getMyPost">;

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

/** Maps a failed request to an outcome. Example: a network error and 503 are `later`, 422 is `refused`. */
export function outcomeOfError(error: unknown): Outcome {
  if (isProblem(reasonOf(error), "post-not-found")) return { type: "missing" };
  const failure = failureOf(error);
  return failure.type === "silence" ? { type: "later" } : failure;
}

function paramsOf({ id }: LocalDraft) {
  if (id === undefined) throw new Error("The post has no id yet");
  return { postId: id };
}
