import type { GraphRoute } from "../graph/graph.ts";

/** A parsed route of an API. */
export interface Route extends GraphRoute {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
}

export interface RouteMatch {
  readonly route: Route;
  /** Decoded values by name. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

const defaultRouteKey = "$default";

const segmentsOf = (path: string) => path.split("/").slice(1);

export function parseRoutes(routes: Readonly<Record<string, GraphRoute>>): Route[] {
  return Object.entries(routes).map(([key, route]) => {
    const [method = "", path = ""] = key === defaultRouteKey ? ["ANY", "/{proxy+}"] : key.split(" ");
    return { ...route, key, method, segments: segmentsOf(path) };
  });
}

const variable = /^\{(?<name>[^}+]+)(?<greedy>\+)?\}$/;

const isGreedy = (segment: string | undefined) => segment?.endsWith("+}") ?? false;

/** Specificity of a path segment: 3 for literal text, 2 for `{name}`, 1 for `{name+}`. */
function weight(segment: string | undefined): number {
  if (segment === undefined) return 0;
  if (isGreedy(segment)) return 1;
  return variable.test(segment) ? 2 : 3;
}

function parametersOf({ segments }: Route, path: readonly string[]): Record<string, string> | undefined {
  const greedy = isGreedy(segments.at(-1));
  if (greedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const name = variable.exec(segment)?.groups?.name;
    const value = isGreedy(segment) ? path.slice(i).join("/") : (path[i] ?? "");
    if (name === undefined) {
      if (segment !== value) return undefined;
    } else if (value === "") return undefined;
    else parameters[name] = decodeURIComponent(value);
  }
  return parameters;
}

/**
 * Sorts the more specific route first. Compares the path segments from left to right, then the method. `$default` is
 * last. For example, `GET /a/{id}` comes before `ANY /a/{id}`, and both come before `GET /{path+}`.
 */
function compare(a: Route, b: Route): number {
  if (a.key === defaultRouteKey || b.key === defaultRouteKey) return a.key === defaultRouteKey ? 1 : -1;
  for (let i = 0; i < Math.max(a.segments.length, b.segments.length); i++) {
    const difference = weight(b.segments[i]) - weight(a.segments[i]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === "ANY") - Number(b.method === "ANY");
}

/**
 * Returns the route that API Gateway would select.
 * @param path decoded once, so that an encoded slash is a separator. Values are decoded a second time.
 * @throws URIError if a value cannot be decoded
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const segments = segmentsOf(path);
  const matches = routes.flatMap((route): RouteMatch[] => {
    if (route.key === defaultRouteKey) return [{ route, pathParameters: {} }];
    if (route.method !== method && route.method !== "ANY") return [];
    const pathParameters = parametersOf(route, segments);
    return pathParameters ? [{ route, pathParameters }] : [];
  });
  return matches.sort((a, b) => compare(a.route, b.route))[0];
}
