import type { Json, RawGraph, RawResource } from "../raw.ts";

type Routes = Record<string, Record<string, Json>>;

/**
 * Route and integration as one entry under their API and route key. Integrations with anything but a function stay resources.
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
    const { integrationType, payloadFormatVersion, integrationUri = null } = integration?.inputs ?? {};
    if (!api || !integration || integrationType !== "AWS_PROXY" || payloadFormatVersion !== "2.0") continue;
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
