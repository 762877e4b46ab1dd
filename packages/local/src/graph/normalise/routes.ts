import type { Json, Properties, RawGraph, RawResource } from "../raw.ts";

type Routes = Record<string, Record<string, Json>>;

/** All that an entry can say of a route and its integration; authorization by anything but a token is not among it. */
const ofRoute = new Set(["apiId", "authorizationScopes", "authorizationType", "authorizerId", "routeKey", "target"]);
const ofIntegration = new Set([
  "apiId",
  "integrationMethod",
  "integrationType",
  "integrationUri",
  "payloadFormatVersion",
]);

/** The names of the inputs that say something. */
const said = (inputs: Properties) => Object.keys(inputs).filter((input) => inputs[input] !== null);

const isEntry = (route: Properties, { integrationType, payloadFormatVersion, ...integration }: Properties) =>
  integrationType === "AWS_PROXY" &&
  payloadFormatVersion === "2.0" &&
  said(route).every((input) => ofRoute.has(input)) &&
  said(integration).every((input) => ofIntegration.has(input)) &&
  route.authorizationType !== "AWS_IAM";

/**
 * Route and integration as one entry under their API and route key. Those that say more, or lead to anything but a function, stay resources.
 * @returns the routes, and the resources that they make superfluous
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
    if (!api || !integration || !isEntry(route.inputs, integration.inputs)) continue;
    const { integrationUri = null } = integration.inputs;
    used.push(route, integration);
    const { authorizerId, authorizationScopes } = route.inputs;
    const entry: Json = {
      function: integrationUri,
      ...(authorizerId ? { authorizer: authorizerId } : {}),
      ...(Array.isArray(authorizationScopes) && authorizationScopes.length ? { scopes: authorizationScopes } : {}),
    };
    routes[api] = { ...routes[api], [String(route.inputs.routeKey)]: entry };
  }
  return { routes, used };
}
