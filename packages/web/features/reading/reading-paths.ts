/** The form of a parameter in a public path. Others may be any text. */
const forms: Readonly<Record<string, string>> = {
  handle: "([a-z0-9-]{3,30})",
  slug: "([a-z0-9-]{1,80})",
  file: "(feed\\.xml|atom\\.xml|feed\\.json)",
};
const withForms = (path: string) => path.replace(/:(\w+)/g, (parameter, name) => parameter + (forms[name] ?? ""));

/**
 * Public paths with their routes in `app`, because Next.js reserves folder names that start with @. A public path is
 * rewritten to its route, and a route is redirected to its public path, so each page has one address.
 */
const places = [
  ["/:file", "/feeds/:file"],
  ["/@:handle/:file", "/feeds/:file/author/:handle"],
  ["/tags/:tag/:file", "/feeds/:file/tag/:tag"],
  ["/@:handle", "/authors/:handle"],
  ["/@:handle/:slug", "/authors/:handle/:slug"],
] as const;

export const rewrites = places.map(([page, route]) => ({ source: withForms(page), destination: route }));
export const redirects = places.map(([page, route]) => ({ source: route, destination: page, permanent: true }));

/** Returns the public path of a route in `app`: `/authors/maya/soil` gives `/@maya/soil`. */
export function publicPath(route: string): string {
  for (const [page, pattern] of places) {
    const found = new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`).exec(route)?.groups;
    if (found) return page.replace(/:(\w+)/g, (parameter, name) => found[name] ?? parameter);
  }
  return route;
}
