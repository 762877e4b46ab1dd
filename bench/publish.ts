import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Client } from "@daybook/core/client";
import type { Post } from "@daybook/core/post/post";

/** A change of a post, and the page on which a reader sees it. */
export interface Wait {
  readonly what: "published" | "changed" | "taken back";
  readonly page: "post" | "home" | "author";
  /** Time in milliseconds from the response to the author until a reader sees the change. */
  readonly milliseconds: number;
}

/** Polling interval and timeout of a reader, in milliseconds. */
const everyMs = 50;
const patienceMs = 60_000;

/** Waits until a page shows a title, or no longer shows it. Reads through the edge with its cache. */
async function until(url: string, title: string, shown: boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const page = await (await fetch(url)).text();
    if (page.includes(title) === shown) return;
    await setTimeout(everyMs);
  }
  throw new Error(`${url} ${shown ? "did not show" : "went on showing"} “${title}”`);
}

type Pages = Readonly<Record<Wait["page"], string>>;

async function waitsFor(what: Wait["what"], pages: Pages, title: string): Promise<Wait[]> {
  const since = performance.now();
  const wait = async (page: Wait["page"]): Promise<Wait> => {
    await until(pages[page], title, what !== "taken back");
    return { what, page, milliseconds: performance.now() - since };
  };
  return Promise.all([wait("post"), wait("home"), wait("author")]);
}

const pathOf = (post: Post) => new URL(post.page ?? "", "http://localhost").pathname;

/**
 * Publishes, changes and unpublishes a post `times` times, while readers poll its page, the home page and the author's
 * page.
 */
export async function measurePublishing(author: Client, url: string, times: number): Promise<Wait[]> {
  const waits: Wait[] = [];
  for (let i = 0; i < times; i += 1) {
    const [first, second] = [`First of ${randomUUID()}`, `Second of ${randomUUID()}`];
    const draft = (await author.createPost({ body: { title: first, body: "It leaves at ten past six." } })).data;
    const params = { postId: draft.id };
    const post = (await author.publishPost({ params, body: {} })).data;
    const path = pathOf(post);
    const pages = {
      post: `${url}${path}`,
      home: `${url}/blog`,
      author: `${url}${path.slice(0, path.lastIndexOf("/"))}`,
    };
    waits.push(...(await waitsFor("published", pages, first)));
    await author.updatePost({ params, body: { title: second } });
    await author.publishPost({ params, body: {} });
    waits.push(...(await waitsFor("changed", pages, second)));
    await author.unpublishPost({ params });
    waits.push(...(await waitsFor("taken back", pages, second)));
  }
  return waits;
}
