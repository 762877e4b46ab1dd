import { Handle } from "@daybook/core/author/author";
import type { Client } from "@daybook/core/client";
import type { MediaId, PostId } from "@daybook/core/ids";
import type { Person } from "./day.ts";

/** A published post. */
export interface Published {
  readonly id: PostId;
  readonly path: string;
}

/** Uploads a post's cover, and resolves when its variants are available. */
export type UploadCover = (client: Client) => Promise<MediaId>;

/** Turns a person into an author with this handle. */
export async function becomeAuthor({ client }: Person, handle: string): Promise<void> {
  await client.updateMe({ body: { name: "Ada", handle: Handle.parse(handle) } });
}

const paragraph = "It leaves at ten past six, has two carriages, and stops wherever there is a bench. ".repeat(12);
const saves = 8;

/**
 * Writes a post of about eight hundred words with one picture and two tags. It is saved several times, published,
 * changed, and published again.
 */
export async function writePost({ client }: Person, uploadCover: UploadCover): Promise<Published> {
  const coverId = await uploadCover(client);
  const { id } = (await client.createPost({ body: { title: "A slow train" } })).data;
  const params = { postId: id };
  for (let i = 1; i <= saves; i += 1) await client.updatePost({ params, body: { body: paragraph.repeat(i) } });
  const tags = ["trains", "rivers"] as const;
  await client.updatePost({ params, body: { tags: [...tags], coverId, coverAlt: "Tally marks" } });
  await client.publishPost({ params, body: {} });
  await client.updatePost({ params, body: { title: "A slow train along the river" } });
  const { page } = (await client.publishPost({ params, body: {} })).data;
  return { id, path: new URL(page ?? "").pathname };
}

/** Reads the list of newest posts and then one post, with the pictures for a screen of medium width. */
export async function readPost(url: string, { path }: Published, browser: typeof fetch): Promise<void> {
  for (const page of ["/blog", path]) {
    const html = await (await browser(`${url}${page}`)).text();
    const pictures = new Set([...html.matchAll(/\/media\/[\w/]+\/640\.avif/g)].map(([picture]) => picture));
    for (const picture of pictures) await (await browser(`${url}${picture}`)).arrayBuffer();
  }
}

/** Removes a post from all pages. */
export async function removePost({ client }: Person, { id: postId }: Published): Promise<void> {
  await client.unpublishPost({ params: { postId } });
}

/** Comments on a post. */
export async function comment({ client }: Person, { id: postId }: Published): Promise<void> {
  const { data: me } = await client.getMe();
  if (me.name === null) await client.updateMe({ body: { name: "Tom" } });
  await client.createComment({ params: { postId }, body: { body: "I know that train." } });
}
