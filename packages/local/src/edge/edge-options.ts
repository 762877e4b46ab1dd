import type { Gateway } from "../gateway/gateway.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import type { S3 } from "../s3/s3.ts";
import type { Invoker, Log } from "../service-types.ts";

export interface EdgeOptions {
  readonly graph: ResolvedGraph;
  /** The folder that a bucket's files are named from. */
  readonly root: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly gateway: Pick<Gateway, "urls">;
  readonly invoker: Invoker;
  /** Buckets whose objects are not files of a build; without it there are none. */
  readonly s3?: Pick<S3, "readObject">;
  readonly log: Log;
  /** A development server that takes the place of the site's functions and files, its WebSocket included. */
  readonly siteOverride?: URL;
  /** What pages are told of the cloud that they run on; without it, they are not told that it is one. */
  readonly about?: () => unknown;
  /** What the cache measures time with, in milliseconds; the process's own clock by default. */
  readonly now?: () => number;
}
