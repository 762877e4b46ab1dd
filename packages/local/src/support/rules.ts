import { isRecord } from "../graph/raw.ts";

/**
 * What becomes of a property of a resource: a part of the cloud carries it out; or it is without effect on a laptop, for a reason;
 * or either is true as long as its value fits. Properties of a block, or of each of a list of blocks, have rules of their own.
 */
export type Rule =
  | "carried out"
  | { readonly withoutEffect: string }
  | { readonly fits: (value: unknown) => boolean }
  | { readonly each: Rules };

/** By property; one that is missing here is reported. */
export type Rules = Readonly<Record<string, Rule>>;

/** Properties that are carried out. */
export const carriedOut = (...properties: readonly string[]): Rules =>
  Object.fromEntries(properties.map((property) => [property, "carried out"]));

/** Properties that change nothing here, with the reason. */
export const withoutEffect = (reason: string, ...properties: readonly string[]): Rules =>
  Object.fromEntries(properties.map((property) => [property, { withoutEffect: reason }]));

/** A property that may have these values; another one is not carried out. */
export const only = (...values: readonly unknown[]): Rule => ({
  fits: (value) => values.some((each) => JSON.stringify(each) === JSON.stringify(value)),
});

/** A block or a list of blocks whose properties have these rules. */
export const each = (...rules: readonly Rules[]): Rule => ({ each: Object.assign({}, ...rules) });

function complaintsOf(rule: Rule | undefined, value: unknown, path: string): string[] {
  if (rule === "carried out" || (rule && "withoutEffect" in rule)) return [];
  if (rule && "fits" in rule) return rule.fits(value) ? [] : [path];
  if (!rule) return [path];
  return (Array.isArray(value) ? value : [value]).flatMap((block: unknown) =>
    isRecord(block) ? unknownProperties(rule.each, block, `${path}.`) : [],
  );
}

/** The properties that are neither carried out nor without effect, by their paths: `origins.originShield`. */
export function unknownProperties(rules: Rules, properties: Readonly<Record<string, unknown>>, prefix = ""): string[] {
  const paths = Object.entries(properties).flatMap(([name, value]) => {
    const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    return nothing ? [] : complaintsOf(Object.hasOwn(rules, name) ? rules[name] : undefined, value, `${prefix}${name}`);
  });
  return [...new Set(paths)];
}
