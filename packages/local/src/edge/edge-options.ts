import type { Gateway } from "../gateway/gateway.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import type { S3 } from "../s3/s3.ts";
import type { Invoker, Log } from "../service-types.ts";

export interface EdgeOptions {
  readonly graph: ResolvedGraph;
  /** Folder that a bucket's file paths are relative to. */
  readonly root: string;
  /** Port to listen on. 0 picks a free port. */
  readonly port: number;
  readonly gateway: Pick<Gateway, "urls">;
  readonly invoker: Invoker;
  /** Buckets whose objects do not come from a build. Without it, there are none. */
  readonly s3?: Pick<S3, "readObject">;
  readonly log: Log;
  /** Development server that replaces the site's functions and files, including its WebSocket. */
  readonly siteOverride?: URL;
  /**
   * Information for pages about the local cloud, served at `/__local`. Without it, pages cannot detect the local cloud.
   */
  readonly about?: () => unknown;
  /** Clock of the cache, in milliseconds. Defaults to the process's monotonic clock. */
  readonly now?: () => number;
}
