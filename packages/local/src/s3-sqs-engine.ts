import { mkdirSync } from "node:fs";
import { type BuildAppOptions, buildApp } from "fauxqs";

type Stores = NonNullable<BuildAppOptions["stores"]>;
type Database = NonNullable<Stores["sqsStore"]["persistence"]>;
type Files = NonNullable<Stores["s3Store"]["persistence"]>;

/**
 * Loads a class that fauxqs does not export. fauxqs is pinned to an exact version, and its types describe the class.
 */
async function internal<Instance, Arguments extends unknown[] = []>(file: string, name: string) {
  const module: Readonly<Record<string, unknown>> = await import(new URL(file, import.meta.resolve("fauxqs")).href);
  // A dynamic import of a URL has no types.
  return module[name] as new (
    ...args: Arguments
  ) => Instance;
}

async function createStores(): Promise<Stores> {
  const SqsStore = await internal<Stores["sqsStore"]>("sqs/sqsStore.js", "SqsStore");
  const SnsStore = await internal<Stores["snsStore"]>("sns/snsStore.js", "SnsStore");
  const S3Store = await internal<Stores["s3Store"]>("s3/s3Store.js", "S3Store");
  return { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
}

/**
 * Loads the state before connecting persistence to the stores. Otherwise the stores would write the state that they
 * read.
 */
async function keepQueues({ sqsStore, snsStore }: Stores, folder: string): Promise<() => void> {
  const PersistenceManager = await internal<Database, [string]>("persistence.js", "PersistenceManager");
  const database = new PersistenceManager(folder);
  database.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = database;
  snsStore.persistence = database;
  for (const queue of sqsStore.allQueues()) queue.persistence = database;
  return () => database.close();
}

async function keepBuckets({ s3Store }: Stores, folder: string): Promise<() => void> {
  const FileS3Persistence = await internal<Files, [string]>("s3/fileS3Persistence.js", "FileS3Persistence");
  const files = new FileS3Persistence(folder);
  files.loadS3(s3Store);
  s3Store.persistence = files;
  return () => files.close();
}

/** A request to fauxqs, which checks neither signatures nor permissions. */
export interface FauxqsRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: Uint8Array | string;
}

export interface FauxqsResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/** fauxqs within this process, with its state on disk. */
export interface Fauxqs {
  readonly queues: Stores["sqsStore"];
  readonly buckets: Stores["s3Store"];
  send(request: FauxqsRequest): Promise<FauxqsResponse>;
  close(): Promise<void>;
}

/** A path that its URL parser shortens: `/media/../private/key` would become `/private/key`. No stored key has one. */
const isShortened = (url: string) => /^[^?]*[/\\](?:\.|%2e){1,2}(?:[/\\?]|$)/i.test(url);

const missing = (): FauxqsResponse => ({
  status: 404,
  headers: { "content-type": "application/xml" },
  body: Buffer.from("<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>"),
});

const methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"] as const;

/**
 * Opens fauxqs's queues (an SQLite file) or buckets (plain files) in a folder. Acknowledged writes survive a `kill -9`.
 * Requests are injected within the process, because fauxqs's server would listen on every interface of the machine.
 */
export async function openFauxqs(folder: string, keeps: "queues" | "buckets", region: string): Promise<Fauxqs> {
  mkdirSync(folder, { recursive: true });
  const stores = await createStores();
  const closeFiles = await (keeps === "queues" ? keepQueues(stores, folder) : keepBuckets(stores, folder));
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  await app.ready();
  return {
    queues: stores.sqsStore,
    buckets: stores.s3Store,
    async send({ method, url, headers, body }) {
      if (isShortened(url)) return missing();
      const known = methods.find((name) => name === method) ?? "GET";
      const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
      const payload = body === undefined ? undefined : Buffer.from(body);
      const response = await app.inject({ method: known, url, headers: sent, ...(payload && { payload }) });
      const answered = Object.entries(response.headers).flatMap(([name, value]) =>
        value === undefined || name === "connection"
          ? []
          : [[name, Array.isArray(value) ? value : String(value)] as const],
      );
      return { status: response.statusCode, headers: Object.fromEntries(answered), body: response.rawPayload };
    },
    async close() {
      await app.close();
      closeFiles();
    },
  };
}
