import { GatewayError, ProblemError } from "@daybook/core/contract/failures";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { reasonOf } from "../../../lib/request-id.ts";
import type { UserApi } from "../../session/user-api.ts";
import { serverVersionOf } from "./draft.ts";
import type { LocalDraft, Outcome, SaveRequest } from "./saving-state.ts";

/** What saving needs of the API. */
export type SaveApi = Pick<UserApi, "createPost" | "updatePost" | "getMyPost">;

/** Sends a request of a post. Never fails: what went wrong is an outcome, too. */
export async function sendSaveRequest(localDraft: LocalDraft, request: SaveRequest, api: SaveApi): Promise<Outcome> {
  try {
    if (request.type === "create") {
      // Repeated with the same key, it creates nothing more; what was written meanwhile follows as a change.
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

/** Asks how the post is now. */
export async function readPost(localDraft: LocalDraft, api: SaveApi): Promise<Outcome> {
  try {
    return { type: "newer", known: serverVersionOf((await api.getMyPost({ params: paramsOf(localDraft) })).data) };
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** Refusals that pass by themselves: of an expired token, too slow, too often. */
const passing = new Set([401, 408, 425, 429]);

/** What a failed request means for what was to be saved. */
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
