import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import { formatGraph } from "@daybook/local/graph/format";
import type { Graph } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import { synthesise } from "@daybook/local/graph/synthesise";
import { signerOf } from "@daybook/local/iam/test-signer";
import { inWords, unsupported } from "@daybook/local/support/unsupported";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root as repository } from "../../scripts/lib/command.ts";
import { ensurePlatform } from "../../scripts/sst-platform.ts";

// A plain SST program that shares only the installed packages with Daybook: `tests/local/second-app`.
let folder: string;
let graph: Graph;
let cloud: Cloud;

beforeAll(async () => {
  await ensurePlatform(repository);
  folder = mkdtempSync(path.join(os.tmpdir(), "second-app-"));
  cpSync(path.join(import.meta.dirname, "second-app"), folder, { recursive: true });
  for (const shared of [".sst", "node_modules"]) symlinkSync(path.join(repository, shared), path.join(folder, shared));
  const [raw] = await synthesise({ root: folder, stages: ["local"] });
  if (!raw) throw new Error("The program has no graph");
  graph = normalise(raw);
  const graphFile = path.join(folder, "graph.json");
  writeFileSync(graphFile, formatGraph(graph));
  cloud = await startCloud({
    graphFile,
    root: folder,
    dataFolder: path.join(folder, "data"),
    cacheFolder: path.join(folder, ".build"),
  });
});
afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the configuration of an AWS SDK client. */
function configOf(service: string) {
  const { [`AWS_ENDPOINT_URL_${service}`]: endpoint = "", AWS_REGION: region = "" } = cloud.environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = cloud.environment;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

const idOf = (type: string, name: string) => cloud.graph.all(type).find((each) => each.name === name)?.id ?? name;

let parcels = 0;
/** Sends a new parcel to the API, and returns its id. */
async function receive(speed: string): Promise<string> {
  parcels += 1;
  const id = `parcel-${parcels}`;
  const response = await fetch(`${cloud.url}/parcels`, { method: "POST", body: JSON.stringify({ id, speed }) });
  expect([response.status, await response.json()]).toEqual([201, { id, depot: "Frankfurt" }]);
  return id;
}

/** Returns the note that one part of the program wrote about a parcel. */
async function noteOf(id: string, part: string): Promise<string | undefined> {
  const Key = { id: { S: id }, part: { S: part } };
  const TableName = idOf("aws:dynamodb:Table", "ParcelsTable");
  const { Item } = await new DynamoDBClient(configOf("DYNAMODB")).send(
    new GetItemCommand({ TableName, Key, ConsistentRead: true }),
  );
  return Item?.text?.S;
}

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 20_000, interval: 50 });

describe("a program other than Daybook", () => {
  it("is fully supported", () => {
    expect(unsupported(graph).map(inWords)).toEqual([]);
    expect(readFileSync(path.join(folder, "data", "depot.log"), "utf8")).not.toContain("not supported");
  });

  it("serves its first API at the front door without a distribution, and all other APIs", async () => {
    expect(Object.keys(cloud.apiUrls)).toEqual(["ApiApi", "StatusApi"]);
    expect(cloud.url).toBe(cloud.apiUrls.ApiApi);
    const response = await fetch(`${cloud.apiUrls.StatusApi}/status`);
    expect(await response.json()).toEqual({ depot: "Frankfurt", stage: "local" });
    expect((await fetch(`${cloud.url}/status`)).status).toBe(404);
  });

  it("calls a function behind IAM only for signed requests, and does not route unsigned ones to $default", async () => {
    const url = new URL(`${cloud.apiUrls.StatusApi}/audit`);
    const unsigned = await fetch(url);
    expect([unsigned.status, await unsigned.json()]).toEqual([403, { message: "Forbidden" }]);
    const { protocol, hostname, host, pathname: path } = url;
    const { credentials, region } = configOf("LAMBDA");
    const signer = signerOf(credentials, "execute-api", region);
    const { headers } = await signer.sign({ method: "GET", protocol, hostname, path, headers: { host } });
    const signed = await fetch(url, { headers });
    expect([signed.status, await signed.json()]).toEqual([200, { depot: "Frankfurt", stage: "local" }]);
  });

  it("serves requests from its table with the permissions of a link", async () => {
    const id = await receive("slow");
    const response = await fetch(`${cloud.url}/parcels/${id}`);
    expect(await response.json()).toEqual({ id, speed: "slow" });
    expect((await fetch(`${cloud.url}/parcels/nobody`)).status).toBe(404);
  });

  it("responds with SST's CORS headers", async () => {
    const response = await fetch(`${cloud.url}/parcels/nobody`, { headers: { origin: "https://example.com" } });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("receives the stream records of its table that pass the filter", async () => {
    const id = await receive("slow");
    await cloud.streams.drained();
    expect(await noteOf(id, "booked")).toBe("slow");
    const TableName = idOf("aws:dynamodb:Table", "ParcelsTable");
    const Item = { id: { S: "note" }, part: { S: "remark" }, text: { S: "Not a parcel" } };
    await new DynamoDBClient(configOf("DYNAMODB")).send(new PutItemCommand({ TableName, Item }));
    await cloud.streams.drained();
    expect(await noteOf("note", "booked")).toBeUndefined();
  });

  it("sends records that its stream consumer fails on to a dead-letter queue", async () => {
    await receive("damaged");
    await cloud.streams.drained();
    const queue = new SQSClient(configOf("SQS"));
    const QueueUrl = idOf("aws:sqs:Queue", "LostQueue");
    const { Messages = [] } = await queue.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(Messages.map(({ Body = "" }) => JSON.parse(Body))).toMatchObject([
      { requestContext: { condition: "RetryAttemptsExhausted" }, DDBStreamBatchInfo: { batchSize: 1 } },
    ]);
  });

  it("consumes its queue", async () => {
    const id = await receive("slow");
    await eventually(() => noteOf(id, "label")).toBe(`Parcel ${id}`);
  });

  it("receives the upload events of its bucket that match the suffix", async () => {
    const photos = new S3Client({ ...configOf("S3"), forcePathStyle: true });
    const Bucket = idOf("aws:s3:Bucket", "PhotosBucket");
    for (const Key of ["front view.txt", "front view.jpg"])
      await photos.send(new PutObjectCommand({ Bucket, Key, Body: "a picture" }));
    await eventually(() => noteOf("front view.jpg", "photo")).toBe("a picture");
    expect(await noteOf("front view.txt", "photo")).toBeUndefined();
  });

  it("delivers messages of a topic to the queue whose filter they pass", async () => {
    const [slow, fast] = [await receive("slow"), await receive("express")];
    await eventually(() => noteOf(fast, "hurry")).toBe("Delivered by bicycle");
    expect(await noteOf(slow, "hurry")).toBeUndefined();
  });

  it("runs its schedule at its time and on demand", async () => {
    await eventually(() => noteOf("depot", "count")).toBeDefined();
    const first = await noteOf("depot", "count");
    await cloud.scheduler.run("CountSchedule");
    await eventually(() => noteOf("depot", "count")).not.toBe(first);
  });
});
