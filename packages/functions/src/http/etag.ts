import { createHash } from "node:crypto";

/** The entity tag of an item is its version, followed by what changes in it without a new version: a number, or a hash of anything else. */
export const versionTag = (version: number, derived: readonly unknown[] = []): string =>
  `"${[version, ...derived.map((each) => (typeof each === "number" ? each : hash(JSON.stringify(each) ?? "")))].join(".")}"`;

/** The entity tag of everything else is a hash of its representation. */
export const contentTag = (text: string): string => `"${hash(text)}"`;

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/** The opaque values in a list of entity tags. A proxy that compresses makes strong tags weak: the difference is ignored. */
const opaqueTags = (header: string): string[] => [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, tag = ""]) => tag);

/**
 * The versions that `If-Match` allows; any, when it is missing or `*`. What follows a version in its tag is no matter of who changes the
 * item. A tag without a version matches nothing, and so does a header that holds no tag: versions begin with 1.
 */
export function expectedVersions(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === "*") return undefined;
  const versions = opaqueTags(ifMatch).flatMap(
    (tag) => /^([1-9]\d{0,14})(?:\.(?:\d+|[\w-]{22}))*$/.exec(tag)?.[1] ?? [],
  );
  // A condition of DynamoDB takes at most a hundred values.
  return versions.length === 0 ? [0] : versions.slice(0, 100).map(Number);
}

/** Whether the client already has what this tag stands for. */
export const isCurrent = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === "*" || opaqueTags(ifNoneMatch).includes(tag.slice(1, -1)));
