import { createClient } from "@daybook/core/client";
import type { Comment, CommentDecision } from "@daybook/core/comment/comment";
import { isCommentId } from "@daybook/core/id-forms";
import type { PostId } from "@daybook/core/ids";
import { unless } from "../../lib/problem-words.ts";
import { routes } from "../../lib/routes.ts";
import { apiWithTimeout, mayAct } from "../session/api-with-timeout.ts";
import { lastingApi, userApi } from "../session/user-api.ts";
import type { ConversationPorts } from "./state/conversation.ts";

/**
 * Client that bypasses the browser's cache. Like the edge, that cache serves stale responses while it revalidates
 * them.
 */
const freshApi = createClient(routes, {
  baseUrl: "",
  fetch: (input, init) => fetch(input, { ...init, cache: "no-store" }),
});

const isGone = unless("comment-not-found");

const paramsOf = ({ postId, id: commentId }: Pick<Comment, "postId" | "id">) => ({ postId, commentId });

/**
 * Connects a conversation to the API.
 * @param userId the signed-in user; undefined if there is none
 */
export const portsOf = (postId: PostId, userId: string | undefined): ConversationPorts => ({
  async list(cursor) {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const { data, next, headers } = await freshApi.listComments({ params: { postId }, query });
    const madeAt = Date.parse(headers.get("date") ?? "");
    return { data, next, madeAt, ageSeconds: Number(headers.get("age") ?? 0) };
  },
  create: async (body, idempotencyKey) =>
    (await apiWithTimeout.createComment({ params: { postId }, body }, { idempotencyKey })).data,
  readOwn: async (id) => (isCommentId(id) ? readOwn({ postId, id }) : undefined),
  async listToReview() {
    const waiting: Comment[] = [];
    let cursor: string | undefined;
    do {
      const page = await userApi.listCommentsToReview({ query: { limit: 100, ...(cursor && { cursor }) } });
      waiting.push(...page.data.filter((comment) => comment.postId === postId));
      cursor = page.next;
    } while (cursor !== undefined);
    return waiting;
  },
  mayAct: () => userId !== undefined && mayAct(userId),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

/**
 * Reads a comment of the signed-in user. Sends an update without changes, because only the writer sees a pending or
 * hidden comment and no list returns it.
 * @returns undefined if the comment is gone
 */
export async function readOwn(comment: Pick<Comment, "postId" | "id">): Promise<Comment | undefined> {
  const answer = await userApi.updateComment({ params: paramsOf(comment), body: {} }).catch(isGone);
  return answer?.data;
}

/**
 * Updates a comment.
 * @throws ProblemError `version-conflict` if the comment has changed since it was loaded
 */
export const changeComment = async (comment: Comment, body: string): Promise<Comment> =>
  (await apiWithTimeout.updateComment({ params: paramsOf(comment), body: { body } }, { ifMatch: comment.version }))
    .data;

/** Deletes a comment. Idempotent: ignores 404. */
export async function deleteComment(comment: Comment): Promise<void> {
  await lastingApi.deleteComment({ params: paramsOf(comment) }).catch(isGone);
}

/**
 * Approves or hides a comment, or blocks its writer. Only an approval names the version that the author read.
 * @throws ProblemError `version-conflict` if an approved comment was edited since it was loaded
 */
export async function decideComment(comment: Comment, decision: CommentDecision["decision"]): Promise<Comment> {
  const options = decision === "approve" ? { ifMatch: comment.version } : {};
  return (await lastingApi.decideComment({ params: paramsOf(comment), body: { decision } }, options)).data;
}
