import { inject } from "vitest";
import { newAuthor, publishedPost } from "../blog.ts";

/** Two valid bodies per idempotent operation of the blog. */
export const repeatableInBlog = {
  createPost: [{ title: "Roses", body: "They bloom." }, { title: "Tulips" }],
  createComment: [{ body: "This helped." }, { body: "So did this." }],
} as const;

/** Returns the parameters of a post that comments are added to. */
export async function commentedPost(): Promise<{ postId: string }> {
  const cloud = inject("cloud");
  return { postId: (await publishedPost(cloud, await newAuthor(cloud))).id };
}
