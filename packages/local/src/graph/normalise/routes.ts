import type { Json, Properties, RawGraph, RawResource } from "../raw.ts";

type Routes = Record<string, Record<string, Json>>;

/** The inputs of a route and its integration that an entry can contain. */
const ofRoute = new Set(["apiId", "authorizationScopes", "authorizationType", "authorizerId", "routeKey", "target"]);
const ofIntegration = new Set([
  "apiId",
  "integrationMethod",
  "integrationType",
  "integrationUri",
  "payloadFormatVersion",
]);

/** Names of the inputs that are set. */
const said = (inputs: Properties) => Object.keys(inputs).filter((input) => inputs[input] !== null);

/** Whether the route calls a function, and an entry can describe it completely. */
const isEntry = (route: Properties, { integrationType, payloadFormatVersion, ...integration }: Properties) =>
  integrationType === "AWS_PROXY" &&
  payloadFormatVersion === "2.0" &&
  said(route).every((input) => ofRoute.has(input)) &&
  said(integration).every((input) => ofIntegration.has(input));

/** Returns the type of authorization, unless it is `NONE` or the entry's authorizer implies it. */
function authorizationOf({ authorizationType, authorizerId }: Properties): Properties {
  if (!authorizationType || authorizationType === "NONE") return {};
  return authorizerId && authorizationType !== "AWS_IAM" ? {} : { authorization: authorizationType };
}

/**
 * Merges each route and its integration into one entry, by API and route key. Every route has an entry, so that a
 * request for it never matches another route. A route that an entry cannot describe completely, or that does not call a
 * function, has an entry without a function. It also remains a resource, which is logged when the cloud starts.
 * @returns the routes, and the resources that they replace
 */
export function normaliseRoutes({ resources }: RawGraph): { routes: Routes; used: readonly RawResource[] } {
  const of = (type: string) => resources.filter((resource) => resource.type === `aws:apigatewayv2/${type}`);
  const integrations = new Map(
    of("integration:Integration").map((integration) => [`integrations/${integration.outputs.id}`, integration]),
  );
  const apis = new Map(of("api:Api").map((api) => [api.outputs.id, api.name]));
  const routes: Routes = {};
  const used: RawResource[] = [];
  for (const route of of("route:Route")) {
    const integration = integrations.get(String(route.inputs.target));
    const api = apis.get(route.inputs.apiId ?? null);
    if (!api) continue;
    const { authorizerId, authorizationScopes } = route.inputs;
    const entry: Record<string, Json> = {
      ...authorizationOf(route.inputs),
      ...(authorizerId ? { authorizer: authorizerId } : {}),
      ...(Array.isArray(authorizationScopes) && authorizationScopes.length ? { scopes: authorizationScopes } : {}),
    };
    if (integration && isEntry(route.inputs, integration.inputs)) {
      used.push(route, integration);
      entry.function = integration.inputs.integrationUri ?? null;
    }
    routes[api] = { ...routes[api], [String(route.inputs.routeKey)]: entry };
  }
  return { routes, used };
}
