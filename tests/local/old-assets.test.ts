import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { root } from "../../scripts/lib/command.ts";
import { buildWeb } from "../../scripts/lib/web.ts";
import { variable } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

/** Returns the program with a retention of zero days, because a test cannot upload a file with an earlier date. */
function withoutRetention({ functions, ...graph }: Graph): Graph {
  const { RemoveOldAssetsFunction: fn } = functions;
  if (!fn) throw new Error("The graph has no RemoveOldAssetsFunction");
  const links = { ...fn.links, SiteAssets: { ...fn.links?.SiteAssets, keptDays: 0 } };
  return { ...graph, functions: { ...functions, RemoveOldAssetsFunction: { ...fn, links } } };
}

let cloud: RunningCloud;
let s3: S3Client;
beforeAll(async () => {
  await buildWeb();
  cloud = await runCloud(withoutRetention);
  s3 = new S3Client({
    endpoint: variable(cloud.env, "AWS_ENDPOINT_URL_S3"),
    region: variable(cloud.env, "AWS_REGION"),
    credentials: {
      accessKeyId: variable(cloud.env, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(cloud.env, "AWS_SECRET_ACCESS_KEY"),
    },
    forcePathStyle: true,
  });
});
afterAll(async () => {
  s3.destroy();
  await cloud.remove();
});

const built = path.join(root, "packages/web/.open-next/assets");
const bucket = () => cloud.graph.all("aws:s3:Bucket").find(({ name }) => name === "SiteAssetsBucket")?.id;
const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: bucket(), Key, Body }));
const exists = (Key: string) =>
  s3.send(new HeadObjectCommand({ Bucket: bucket(), Key })).then(
    () => true,
    () => false,
  );

it("each build lists its files", () => {
  const build = readFileSync(path.join(built, "BUILD_ID"), "utf8").trim();
  const listed: string[] = JSON.parse(readFileSync(path.join(built, "_next/static", build, "files.json"), "utf8"));
  const chunks = readdirSync(path.join(built, "_next/static/chunks"));
  expect(listed.length).toBeGreaterThan(20);
  expect(chunks).toEqual(
    expect.arrayContaining(listed.flatMap((name) => /^chunks\/([^/]+)$/.exec(name)?.slice(1) ?? [])),
  );
});

it("the schedule deletes files and pages of a replaced build, and none that a later build uses", async () => {
  const asset = (name: string) => `_assets/_next/static/${name}`;
  await put(asset("chunks/shared.js"), "// shared");
  await put(asset("chunks/own.js"), "// own");
  await put("_cache/former/blog.cache", "{}");
  await put(asset("former/files.json"), JSON.stringify(["chunks/shared.js", "chunks/own.js"]));
  await put(asset("later/files.json"), JSON.stringify(["chunks/shared.js"]));
  await cloud.scheduler.run("RemoveOldAssetsScheduleSchedule");
  await vi.waitFor(async () => expect(await exists(asset("chunks/own.js"))).toBe(false), { timeout: 30_000 });
  expect(await Promise.all([asset("former/files.json"), "_cache/former/blog.cache"].map(exists))).toEqual([
    false,
    false,
  ]);
  expect(await Promise.all([asset("chunks/shared.js"), asset("later/files.json")].map(exists))).toEqual([true, true]);
  expect(cloud.log()).toMatch(/RemoveOldAssetsFunction schedule .*builds=1/);
});
