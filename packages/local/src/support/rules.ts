import { isObject } from "../json.ts";

/**
 * How the local cloud treats a property of a resource: it implements the property, it ignores the property because the
 * property has no effect here, or it supports some values only. The properties of a block, or of each block in a list,
 * have separate rules.
 */
export type Rule =
  | "supported"
  | { readonly ignored: string }
  | { readonly fits: (value: unknown) => boolean }
  | { readonly each: Rules };

/** Rules by property. A property without a rule is reported. */
export type Rules = Readonly<Record<string, Rule>>;

/** Rules for a resource type, or the reason why the type has no effect here. */
export type ResourceRules = Rules | string;

/** Rules for properties that are implemented. */
export const supported = (...properties: readonly string[]): Rules =>
  Object.fromEntries(properties.map((property) => [property, "supported"]));

/** Rules for properties that have no effect here. The reason is shown in the README's table. */
export const ignored = (reason: string, ...properties: readonly string[]): Rules =>
  Object.fromEntries(properties.map((property) => [property, { ignored: reason }]));

/** Rule for a property that supports only these values. */
export const only = (...values: readonly unknown[]): Rule => ({
  fits: (value) => values.some((each) => JSON.stringify(each) === JSON.stringify(value)),
});

/** Rule for a block, or a list of blocks, whose properties have these rules. */
export const each = (...rules: readonly Rules[]): Rule => ({ each: Object.assign({}, ...rules) });

function complaintsOf(rule: Rule | undefined, value: unknown, path: string): string[] {
  if (rule === "supported" || (rule && "ignored" in rule)) return [];
  if (rule && "fits" in rule) return rule.fits(value) ? [] : [path];
  if (!rule) return [path];
  return (Array.isArray(value) ? value : [value]).flatMap((block: unknown) =>
    isObject(block) ? unknownProperties(rule.each, block, `${path}.`) : [],
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

/** Returns the ignored properties, each with its path and the reason. */
export function ignoredProperties(rules: Rules, prefix = ""): [path: string, reason: string][] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    if (rule === "supported" || "fits" in rule) return [];
    const path = `${prefix}${name}`;
    return "each" in rule ? ignoredProperties(rule.each, `${path}.`) : [[path, rule.ignored]];
  });
}
