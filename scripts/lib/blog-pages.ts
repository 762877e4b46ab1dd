import { setTimeout } from "node:timers/promises";
import { demoComments } from "../seed/demo-readers.ts";

/** Pages of the demo blog. The post is the one with the most comments. */
export const demoBlog = {
  author: "/@maya",
  post: "/@maya/an-outbox-in-the-browser",
  tag: "/tags/dynamodb",
  draft: "What a schedule owes you",
} as const;

/** Timeout in milliseconds. A seeded blog is published within seconds, but a slow machine may need longer. */
const patienceMs = 60_000;

/**
 * Waits until readers see all posts and comments of the demo blog.
 * @throws after one minute
 */
export async function untilPublished(url: string): Promise<void> {
  const beginnings = demoComments["an-outbox-in-the-browser"]?.map(({ body }) => body.slice(0, 16)) ?? [];
  const isThere = async () => {
    const [home, post] = await Promise.all(
      ["/blog", demoBlog.post].map(async (page) => (await fetch(`${url}${page}`)).text()),
    );
    const isRecent = home?.includes("What happens when you press Publish");
    return isRecent && beginnings.every((beginning) => post?.includes(beginning));
  };
  const end = Date.now() + patienceMs;
  while (!(await isThere())) {
    if (Date.now() > end) throw new Error(`${url}/blog does not show all that was seeded, after a minute`);
    await setTimeout(200);
  }
}
