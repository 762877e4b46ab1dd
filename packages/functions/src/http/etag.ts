import { createHash } from "node:crypto";

/**
 * Returns the entity tag of an item: its version, followed by derived data that changes without a new version. A number
 * is used as is, anything else as a hash. Example: version 3 with 7 comments is `"3.7"`.
 */
export const versionTag = (version: number, derived: readonly unknown[] = []): string =>
  `"${[version, ...derived.map((each) => (typeof each === "number" ? each : hash(JSON.stringify(each) ?? "")))].join(".")}"`;

/** Returns the entity tag of a representation without a version: a hash. */
export const contentTag = (text: string): string => `"${hash(text)}"`;

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/**
 * Returns the opaque values of a list of entity tags. Ignores whether a tag is weak, because a compressing proxy makes
 * strong tags weak.
 */
const opaqueTags = (header: string): string[] => [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, tag = ""]) => tag);

/**
 * Returns the versions that `If-Match` allows, or undefined (any version) if it is missing or `*`. Ignores derived data
 * after the version. A tag without a version, or a header without a tag, matches nothing: versions start at 1, so the
 * result is `[0]`.
 *
 * Example: `W/"3.17", "4"` allows the versions 3 and 4.
 */
export function expectedVersions(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === "*") return undefined;
  const versions = opaqueTags(ifMatch).flatMap(
    (tag) => /^([1-9]\d{0,14})(?:\.(?:\d+|[\w-]{22}))*$/.exec(tag)?.[1] ?? [],
  );
  // A DynamoDB condition accepts at most 100 values.
  return versions.length === 0 ? [0] : versions.slice(0, 100).map(Number);
}

/** Returns whether the client already has the representation with this tag. */
export const isCurrent = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === "*" || opaqueTags(ifNoneMatch).includes(tag.slice(1, -1)));
