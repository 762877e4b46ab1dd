import type { Gateway } from "../gateway/gateway.ts";
import type { S3 } from "../s3/s3.ts";
import type { Ground } from "../service.ts";
import type { Invoker } from "../service-types.ts";

export interface EdgeOptions extends Pick<Ground, "graph" | "root" | "log"> {
  /** Port to listen on. 0 picks a free port. */
  readonly port: number;
  readonly gateway: Pick<Gateway, "urls">;
  readonly invoker: Invoker;
  /** Buckets whose objects do not come from a build. Without it, there are none. */
  readonly s3?: Pick<S3, "readObject">;
  /** Development server that replaces the site's functions and files, including its WebSocket. */
  readonly siteOverride?: URL;
  /**
   * Information for pages about the local cloud, served at `/__local`. Without it, pages cannot detect the local cloud.
   */
  readonly about?: () => unknown;
  /** Clock of the cache, in milliseconds. Defaults to the process's monotonic clock. */
  readonly now?: () => number;
}
