import * as z from "zod";

/** Usage of everything that AWS charges for. */
export const Usage = z.object({
  /** Requests that CloudFront answers, and the bytes that it sends. */
  edgeRequests: z.number(),
  edgeBytes: z.number(),
  /** Reads of CloudFront's key-value store by the distribution's function. */
  keyValueReads: z.number(),
  apiRequests: z.number(),
  /** Invocations of functions by any trigger, and their duration on the measuring machine in milliseconds. */
  invocations: z.number(),
  functionMs: z.number(),
  /** Calls of functions to other AWS services. */
  serviceCalls: z.number(),
  /** DynamoDB request units, as the local engine counts them. */
  writeUnits: z.number(),
  readUnits: z.number(),
  mails: z.number(),
  /** Events on topics, files that functions write and read, and invalidated paths. */
  events: z.number(),
  filesWritten: z.number(),
  filesRead: z.number(),
  invalidatedPaths: z.number(),
  /** Bytes that the table holds afterwards in addition to before. */
  storedBytes: z.number(),
});
export type Usage = z.output<typeof Usage>;

/** Measurements: averages over several people, after their functions had started. */
export const Measured = z.object({
  /** Date such as `2026-11-21`. */
  date: z.iso.date(),
  people: z.number(),
  /** From sign-up to two lists, without pages. */
  signUp: Usage,
  /** One day, without the files of the web app, which the browser caches. */
  day: Usage,
  /** The files of the web app, which a browser loads after a deployment. */
  webFiles: Usage,
  // #region blog
  /** A post with a picture, from its first line to its second publication, including all events that follow. */
  post: Usage,
  /**
   * The newest posts and one of them, for a reader whose browser has cached the style sheets and fonts. The edge has no
   * copies that it may still use.
   */
  reading: Usage,
  /** A comment, and the page that is regenerated for it. */
  comment: Usage,
  /** The removal of a post. */
  removal: Usage,
  // #endregion blog
});
export type Measured = z.output<typeof Measured>;

/** A usage, and how often it happens. */
export type Part = readonly [usage: Usage, times: number];

export const nothing: Usage = {
  edgeRequests: 0,
  edgeBytes: 0,
  keyValueReads: 0,
  apiRequests: 0,
  invocations: 0,
  functionMs: 0,
  serviceCalls: 0,
  writeUnits: 0,
  readUnits: 0,
  mails: 0,
  events: 0,
  filesWritten: 0,
  filesRead: 0,
  invalidatedPaths: 0,
  storedBytes: 0,
};

/** Builds a usage, member by member. */
export function combine(of: (member: keyof Usage) => number): Usage {
  const members = Usage.keyof().options.map((member) => [member, of(member)]);
  return Usage.parse(Object.fromEntries(members));
}
