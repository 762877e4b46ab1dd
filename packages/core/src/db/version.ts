/** The versions that a write may replace, such as `[3, 4]`. If undefined, it may replace any version. */
export type ExpectedVersions = readonly number[] | undefined;

/**
 * Returns the condition that the item exists and has one of the expected versions. With `[3]`, a write to version 4
 * fails.
 */
export const versionCondition = (expected: ExpectedVersions) => ({
  version: expected ? { in: expected } : { exists: true },
});

/** The condition that no item with this key exists. A second put with the same key fails. */
export const isNew = { version: { exists: false } };
