import { useSearchParams } from "next/navigation";

/** URL state of the writing pages: the list of posts, the comments to review, or one post. */
export type WritingUrlState =
  | { readonly view: "posts" }
  | { readonly view: "comments" }
  /** @param post the id of the post, or the draft key */
  | { readonly view: "post"; readonly post: string };

const path = "/write";
const newPrefix = "new-";

export function writingHref(urlState: WritingUrlState): string {
  if (urlState.view === "posts") return path;
  const query = new URLSearchParams(urlState.view === "post" ? { post: urlState.post } : { view: urlState.view });
  return `${path}?${query}`;
}

export function writingUrlStateOf(query: Pick<URLSearchParams, "get">): WritingUrlState {
  const post = query.get("post");
  if (post !== null) return { view: "post", post };
  return { view: query.get("view") === "comments" ? "comments" : "posts" };
}

export const useWritingUrlState = (): WritingUrlState => writingUrlStateOf(useSearchParams());

/**
 * Returns a key for a draft that the API does not have yet, such as "new-5f0c…". It is also the idempotency key of the
 * request that creates the post.
 */
export const newDraftKey = (): string => newPrefix + crypto.randomUUID();

export const isNewDraftKey = (name: string): boolean => name.startsWith(newPrefix);
