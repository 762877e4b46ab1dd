import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Post } from "@daybook/core/post/post";
import { parse } from "yaml";
import * as z from "zod";

/** Folder of the demo blog's posts. They are Markdown files that are also readable by themselves. */
export const postsFolder = path.join(import.meta.dirname, "posts");

const { title, excerpt, tags, coverAlt } = Post.shape;
const Head = z.strictObject({
  ...{ title, excerpt: excerpt.unwrap(), tags, cover: z.string(), coverAlt },
  /** Whether the post remains a draft, so that the author's list of posts contains one. */
  draft: z.boolean().default(false),
});

/** A post of the demo blog. Pictures are named by their files below `pictures/`. */
export interface PostFile extends z.output<typeof Head> {
  readonly slug: string;
  /** Markdown whose links and pictures are relative to the file. */
  readonly body: string;
}

/**
 * Parses a post from a file with the name `<place>-<slug>.md`.
 * @throws Error for a file without front matter, ZodError for invalid front matter
 */
export function parsePost(file: string, content: string): PostFile {
  const [, slug] = /^\d+-(.+)\.md$/.exec(file) ?? [];
  const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(content) ?? [];
  if (slug === undefined || head === undefined || body === undefined) throw new Error(`${file} is not a post`);
  return { ...Head.parse(parse(head)), slug, body: body.trim() };
}

/** Returns all posts in the order of their publication. */
export async function readPosts(): Promise<PostFile[]> {
  const files = (await readdir(postsFolder)).filter((file) => file.endsWith(".md"));
  files.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return Promise.all(files.map(async (file) => parsePost(file, await readFile(path.join(postsFolder, file), "utf8"))));
}

/** Returns the pictures of a post, its cover first. */
export const picturesOf = ({ cover, body }: PostFile): string[] => [
  ...new Set([cover, ...[...body.matchAll(/\]\(pictures\/([\w-]+\.png)\)/g)].map(([, file = ""]) => file)]),
];

/** Returns the text for publication, with file references replaced by the site's addresses. */
export function publishedBody({ body }: PostFile, handle: string, mediaIds: ReadonlyMap<string, string>): string {
  return body
    .replace(/\]\(pictures\/([\w-]+\.png)\)/g, (_, file: string) => `](media:${mediaIds.get(file)})`)
    .replace(/\]\(\d+-([\w-]+)\.md\)/g, (_, slug: string) => `](/@${handle}/${slug})`);
}
