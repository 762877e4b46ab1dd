import { isRecord } from "../graph/raw.ts";

/**
 * How the local cloud treats a property of a resource: it supports the property, the property has no effect on a laptop
 * (with the reason), or it supports some values only. The properties of a block, or of each block in a list, have
 * separate rules.
 */
export type Rule =
  | "carried out"
  | { readonly withoutEffect: string }
  | { readonly fits: (value: unknown) => boolean }
  | { readonly each: Rules };

/** Rules by property. A property without a rule is reported. */
export type Rules = Readonly<Record<string, Rule>>;

/** Rules for supported properties. */
export const carriedOut = (...properties: readonly string[]): Rules =>
  Object.fromEntries(properties.map((property) => [property, "carried out"]));

/** Rules for properties without an effect, with the reason. */
export const withoutEffect = (reason: string, ...properties: readonly string[]): Rules =>
  Object.fromEntries(properties.map((property) => [property, { withoutEffect: reason }]));

/** Rule for a property that supports only these values. */
export const only = (...values: readonly unknown[]): Rule => ({
  fits: (value) => values.some((each) => JSON.stringify(each) === JSON.stringify(value)),
});

/** Rule for a block, or a list of blocks, whose properties have these rules. */
export const each = (...rules: readonly Rules[]): Rule => ({ each: Object.assign({}, ...rules) });

function complaintsOf(rule: Rule | undefined, value: unknown, path: string): string[] {
  if (rule === "carried out" || (rule && "withoutEffect" in rule)) return [];
  if (rule && "fits" in rule) return rule.fits(value) ? [] : [path];
  if (!rule) return [path];
  return (Array.isArray(value) ? value : [value]).flatMap((block: unknown) =>
    isRecord(block) ? unknownProperties(rule.each, block, `${path}.`) : [],
  );
}

/** Returns the paths of unsupported properties, such as `origins.originShield`. */
export function unknownProperties(rules: Rules, properties: Readonly<Record<string, unknown>>, prefix = ""): string[] {
  const paths = Object.entries(properties).flatMap(([name, value]) => {
    const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    return nothing ? [] : complaintsOf(Object.hasOwn(rules, name) ? rules[name] : undefined, value, `${prefix}${name}`);
  });
  return [...new Set(paths)];
}
