import * as z from "zod";

/** What something uses of what AWS charges for. */
export const Usage = z.object({
  /** Requests that CloudFront answers, and the bytes that leave it. */
  edgeRequests: z.number(),
  edgeBytes: z.number(),
  apiRequests: z.number(),
  /** Of functions, whoever calls them, and how long they ran on the machine that measured, in milliseconds. */
  invocations: z.number(),
  functionMs: z.number(),
  /** Calls that functions make to other services of AWS. */
  serviceCalls: z.number(),
  /** DynamoDB's request units, as the local engine counts them. */
  writeUnits: z.number(),
  readUnits: z.number(),
  mails: z.number(),
  /** Events on topics, files that are stored, and paths whose copies the edge is told to drop. */
  events: z.number(),
  filesWritten: z.number(),
  invalidatedPaths: z.number(),
  /** What is stored in the table afterwards, and was not before. */
  storedBytes: z.number(),
});
export type Usage = z.output<typeof Usage>;

/** What was measured: on average of some people, after their functions had started. */
export const Measured = z.object({
  /** As `2026-11-21`. */
  date: z.iso.date(),
  people: z.number(),
  /** From the sign-up to two lists of one's own, without pages. */
  signUp: Usage,
  /** A day without the files of the web app, which a browser keeps. */
  day: Usage,
  /** The files of the web app, which a browser loads anew after a deployment. */
  webFiles: Usage,
  /** A post with a picture, from its first line to its second publication, and all that follows from that. */
  post: Usage,
  /** The newest posts and one of them, as a reader gets them who has the style sheets and faces already. */
  reading: Usage,
  /** A comment, and the new page that follows. */
  comment: Usage,
});
export type Measured = z.output<typeof Measured>;

export const nothing: Usage = {
  edgeRequests: 0,
  edgeBytes: 0,
  apiRequests: 0,
  invocations: 0,
  functionMs: 0,
  serviceCalls: 0,
  writeUnits: 0,
  readUnits: 0,
  mails: 0,
  events: 0,
  filesWritten: 0,
  invalidatedPaths: 0,
  storedBytes: 0,
};

/** A usage made of others, member by member. */
export function combine(of: (member: keyof Usage) => number): Usage {
  const members = Usage.keyof().options.map((member) => [member, of(member)]);
  return Usage.parse(Object.fromEntries(members));
}
