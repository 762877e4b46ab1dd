import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { newAuthor, publishedPost } from "../blog.ts";
import { send, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud(undefined, { gsiDelayMs: 1_000 });
});
afterAll(() => cloud.remove());

const run = () => cloud.scheduler.run("PublishScheduledScheduleSchedule");
const inMs = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
/** Runs the schedule repeatedly, as AWS does each minute, until the check passes. */
const untilRun = (check: () => Promise<void>) =>
  vi.waitFor(() => run().then(check), { timeout: 30_000, interval: 250 });

describe("the publishing schedule", () => {
  it("publishes a post once at its time, even with a lagging index and concurrent runs", async () => {
    const author = await newAuthor(cloud.env);
    const { token } = author;
    const { body: post } = await succeed(cloud.env, "createPost", { token, body: { title: "Later", body: "Text" } });
    const own = { token, params: { postId: post.id } };
    await succeed(cloud.env, "publishPost", { ...own, body: { at: inMs(3_600_000) } });
    await run();
    expect((await send(cloud.env, "getPost", { params: own.params })).status).toBe(404);
    const at = inMs(5_000);
    await succeed(cloud.env, "publishPost", { ...own, body: { at } });
    await untilRun(async () => {
      await Promise.all([run(), run()]);
      expect((await succeed(cloud.env, "getMyPost", own)).body.state).toBe("published");
    });
    const { body: shown } = await succeed(cloud.env, "getPost", { params: own.params });
    expect(shown).toMatchObject({ title: "Later", version: 4 });
    expect(Date.parse(shown.publishedAt)).toBeGreaterThanOrEqual(Date.parse(at));
    expect(cloud.log()).toMatch(/PublishScheduledFunction schedule .*published=1/);
  });

  it("publishes changes of a published post, and reports a post that cannot be published", async () => {
    const author = await newAuthor(cloud.env);
    const { token, handle: tag } = author;
    const [good, bad] = [
      await publishedPost(cloud.env, author, { tags: [tag] }),
      await publishedPost(cloud.env, author),
    ];
    const requests = [good, bad].map(({ id }) => ({ token, params: { postId: id } }));
    const [first = {}, second = {}] = requests;
    await succeed(cloud.env, "updatePost", { ...first, body: { title: "Revised", tags: [] } });
    await succeed(cloud.env, "updatePost", { ...second, body: { title: "Worse" } });
    await succeed(cloud.env, "publishPost", { ...second, body: { at: inMs(5_000) } });
    await succeed(cloud.env, "updatePost", { ...second, body: { title: "" } });
    await succeed(cloud.env, "publishPost", { ...first, body: { at: inMs(5_000) } });
    await untilRun(async () => {
      expect((await succeed(cloud.env, "getMyPost", first)).body.scheduledFor).toBeNull();
      expect((await succeed(cloud.env, "getMyPost", second)).body.scheduledFor).toBeNull();
    });
    expect((await succeed(cloud.env, "getMyPost", second)).body).toMatchObject({
      ...{ state: "published", changed: true, page: bad.page },
      scheduleProblem: "The title is missing",
    });
    expect((await succeed(cloud.env, "getPost", { params: { postId: good.id } })).body.title).toBe("Revised");
    expect((await succeed(cloud.env, "listPosts", { query: { tag } })).body).toEqual([]);
  });
});
