/**
 * Readers for JSON of unknown shape: a resource's inputs, an event, a log line. Missing values and values of another
 * type are omitted.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
export const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
export const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === "string");
export const objects = (value: unknown): JsonObject[] => list(value).filter(isObject);

/** Returns an object's entries whose values are strings. */
export const textRecord = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(object(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );

/**
 * Parses JSON of a documented shape, such as the response of an AWS operation. The caller names the shape, which is not
 * checked.
 */
export const parseAs = <Shape>(json: string): Shape => JSON.parse(json) as Shape;
