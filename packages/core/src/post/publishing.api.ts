import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PostId } from "../ids.ts";
import { Post, PostPublish } from "./post.ts";

const item = "/v1/posts/{postId}";
const PostParams = z.strictObject({ postId: PostId });

/** Separate from the other operations on posts, because publishing needs the renderer in its function's bundle. */
export const publishingOperations = defineOperations({
  publishPost: {
    method: "POST",
    path: `${item}/publish`,
    summary: "Publish the draft now, or schedule it. Send If-Match to require a version",
    access: "user",
    params: PostParams,
    body: PostPublish,
    response: { status: 200, description: "The post", body: Post },
    cache: "private",
    problems: [
      "post-not-found",
      "post-incomplete",
      "handle-required",
      "slug-taken",
      "version-conflict",
      "too-many-requests",
    ],
  },
});
