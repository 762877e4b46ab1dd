import type { Writable } from "node:stream";
import type { DynamoSettings } from "./dynamodb/settings.ts";
import type { Principal } from "./service-types.ts";

export interface CloudOptions {
  /** The resource graph of a stage, written by `npm run synth`. */
  readonly graphFile: string;
  /** Base folder of the paths of handlers, bundles and files in the graph. */
  readonly root: string;
  /** Holds all data. One cloud may use it at a time. */
  readonly dataFolder: string;
  /** Bundle cache. Several clouds may share it. */
  readonly cacheFolder: string;
  /** Port of the distribution, or of the first API in a program without one. 0 picks a free port. */
  readonly port?: number;
  /** Port of the mailbox. 0 picks a free port. */
  readonly mailPort?: number;
  /** Stream that shows the log. The log is also written to `<dataFolder>/<app>.log`. */
  readonly console?: Writable;
  /** Before an invocation, bundles its handler again if a source file has changed. */
  readonly watch?: boolean;
  /** Maximum number of concurrent invocations in the account. A new AWS account has 10. Unlimited by default. */
  readonly accountConcurrency?: number;
  /** URL of a server for the site. It replaces the site's build. */
  readonly siteUrl?: string;
  /** DynamoDB engine, the delay of its global indexes, and the minimum duration of its transactions. */
  readonly dynamoDb?: DynamoSettings;
  /** Duration of an invalidation of the distribution in milliseconds. One second by default. */
  readonly invalidationMs?: number;
  /** Returns the properties that `/__local` serves in addition to the mailbox's address. Called for each request. */
  readonly about?: () => Readonly<Record<string, unknown>>;
  /** Called for every call that a policy allowed. */
  readonly onAllowed?: (principal: Principal, action: string, resource: string) => void;
}
