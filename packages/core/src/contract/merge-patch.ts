/**
 * Returns a merge patch (RFC 7396) with the default of each member that it removes by null. Example: `{ notes: null }`
 * gives `{ notes: "" }`.
 */
export function withDefaults<Patch extends object, Defaults extends object>(patch: Patch, defaults: Defaults) {
  const members = Object.entries(patch).map(([name, value]) => [
    name,
    value === null ? (Reflect.get(defaults, name) ?? null) : value,
  ]);
  // Object.fromEntries loses the type of each member. Only null is replaced, by the default of the same member.
  return Object.fromEntries(members) as {
    [Name in keyof Patch]: Name extends keyof Defaults ? Exclude<Patch[Name], null> | Defaults[Name] : Patch[Name];
  };
}
