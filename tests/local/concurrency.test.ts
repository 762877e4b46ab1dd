import { noise } from "@daybook/core/media/test-pictures";
import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newUser, send, succeed, type TestUser } from "../fixtures.ts";
import { askFor, post, settled } from "../uploads.ts";
import { type RunningCloud, runCloud } from "./running.ts";

const accountConcurrency = 10;

/** Uploads ten pictures concurrently, without waiting for their processing. */
async function uploadTen({ env }: RunningCloud, user: TestUser) {
  const file = { content: Uint8Array.from(await noise(16, 16).png().toBuffer()), type: "image/png" };
  const places = [];
  for (let i = 0; i < 10; i += 1) places.push(await askFor(env, user, file.type, file.content.byteLength));
  const answers = await Promise.all(places.map((place) => post(place, file)));
  expect(answers.map(({ ok }) => ok)).toEqual(places.map(() => true));
  return places;
}

const mappingType = "aws:lambda:EventSourceMapping";
const withoutLimits = (graph: Graph): Graph => {
  const mappings = Object.entries(graph.resources[mappingType] ?? {});
  const unlimited = mappings.map(([name, { scalingConfig: _, ...mapping }]) => [name, mapping]);
  return { ...graph, resources: { ...graph.resources, [mappingType]: Object.fromEntries(unlimited) } };
};

describe("an account with a concurrency of ten", () => {
  let cloud: RunningCloud;
  let user: TestUser;
  beforeAll(async () => {
    cloud = await runCloud(undefined, {}, { accountConcurrency });
    user = await newUser(cloud.env);
  });
  afterAll(() => cloud.remove());

  it("serves every request while ten pictures are processed", async () => {
    for (const place of await uploadTen(cloud, user)) {
      await succeed(cloud.env, "listLists", { token: user.token });
      expect(await settled(cloud.env, user, place)).toMatchObject({ state: "ready" });
    }
    expect(cloud.log()).not.toContain("throttled");
  });
});

describe("an account whose queues may use the whole concurrency", () => {
  let cloud: RunningCloud;
  let user: TestUser;
  beforeAll(async () => {
    cloud = await runCloud(withoutLimits, {}, { accountConcurrency });
    user = await newUser(cloud.env);
  });
  afterAll(() => cloud.remove());

  it("returns 503 while pictures are processed", async () => {
    await uploadTen(cloud, user);
    await expect.poll(async () => (await send(cloud.env, "getHealth")).status, { timeout: 20_000 }).toBe(503);
  });
});
