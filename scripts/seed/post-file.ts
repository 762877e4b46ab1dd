import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Post } from "@daybook/core/post/post";
import { parse } from "yaml";
import * as z from "zod";

/** Where the posts of the demo blog are, as Markdown that also reads well without it. */
export const postsFolder = path.join(import.meta.dirname, "posts");

const { title, excerpt, tags, coverAlt } = Post.shape;
const Head = z.strictObject({
  ...{ title, excerpt: excerpt.unwrap(), tags, cover: z.string(), coverAlt },
  /** Whether it is not published, for the author's desk to look like one. */
  draft: z.boolean().default(false),
});

/** A post of the demo blog. Pictures are named by their files below `pictures/`. */
export interface PostFile extends z.output<typeof Head> {
  readonly slug: string;
  /** Markdown whose links and pictures are relative to the file. */
  readonly body: string;
}

/** Reads a post from a file whose name is `<place>-<slug>.md`. @throws Error for a file without a head, ZodError for one that is not right */
export function parsePost(file: string, content: string): PostFile {
  const [, slug] = /^\d+-(.+)\.md$/.exec(file) ?? [];
  const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(content) ?? [];
  if (slug === undefined || head === undefined || body === undefined) throw new Error(`${file} is no post`);
  return { ...Head.parse(parse(head)), slug, body: body.trim() };
}

/** All of them, in the order in which they are published. */
export async function readPosts(): Promise<PostFile[]> {
  const files = (await readdir(postsFolder)).filter((file) => file.endsWith(".md"));
  files.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return Promise.all(files.map(async (file) => parsePost(file, await readFile(path.join(postsFolder, file), "utf8"))));
}

/** The pictures that a post refers to, its cover first. */
export const picturesOf = ({ cover, body }: PostFile): string[] => [
  ...new Set([cover, ...[...body.matchAll(/\]\(pictures\/([\w-]+\.png)\)/g)].map(([, file = ""]) => file)]),
];

/** The text as it is published: with addresses of the site in place of those of files. */
export function publishedBody({ body }: PostFile, handle: string, mediaIds: ReadonlyMap<string, string>): string {
  return body
    .replace(/\]\(pictures\/([\w-]+\.png)\)/g, (_, file: string) => `](media:${mediaIds.get(file)})`)
    .replace(/\]\(\d+-([\w-]+)\.md\)/g, (_, slug: string) => `](/@${handle}/${slug})`);
}
