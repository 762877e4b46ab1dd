import { type OperationId, operations } from "@daybook/core/api";
import type { RawGraph } from "@daybook/local/graph/raw";
import { block, blocks, type Check, complaints, functionsOf, ofType } from "./raw.ts";
import { list } from "./stages.ts";

const scope = "daybook/api";
const nameOf = (id: OperationId) => `${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/** Returns an operation's route with all resources that it leads to. */
function follow(graph: RawGraph, { id, method, path }: (typeof operations)[OperationId]) {
  const route = ofType(graph, "aws:apigatewayv2/route:Route").find(
    ({ inputs }) => inputs.routeKey === `${method} ${path}`,
  );
  const integration = ofType(graph, "aws:apigatewayv2/integration:Integration").find(
    ({ outputs }) => `integrations/${outputs.id}` === route?.inputs.target,
  );
  const fn = functionsOf(graph).find(({ outputs }) => outputs.arn === integration?.inputs.integrationUri);
  const role = ofType(graph, "aws:iam/role:Role").find(({ outputs }) => outputs.arn === fn?.inputs.role);
  const permission = ofType(graph, "aws:lambda/permission:Permission").find(
    ({ inputs }) => inputs.function === fn?.outputs.arn && inputs.principal === "apigateway.amazonaws.com",
  );
  const authorizer = ofType(graph, "aws:apigatewayv2/authorizer:Authorizer").find(
    ({ outputs }) => outputs.id === route?.inputs.authorizerId,
  );
  return { name: id, route, integration, fn, role, permission, authorizer };
}

/** Every operation of the contract has a function of its name with its own role. */
export const operationsAreServed: Check = (graph) => {
  const all = Object.values(operations).map((operation) => follow(graph, operation));
  return complaints(all, {
    "has no route": ({ route }) => route !== undefined,
    "has no integration": ({ integration }) => integration !== undefined,
    "has no function of its name": ({ name, fn }) => fn?.name === `${nameOf(name)}Function`,
    "has no role of its own": ({ role, name }) =>
      role !== undefined && all.every((other) => other.name === name || other.role !== role),
    "cannot be called by the gateway": ({ permission }) => String(permission?.inputs.sourceArn ?? "").endsWith("/*"),
  });
};

/** Operations for users require an access token of the app's user pool and clients; public ones do not. */
export const privateOperationsAskForTokens: Check = (graph) => {
  const pool = ofType(graph, "aws:cognito/userPool:UserPool")[0]?.outputs.endpoint;
  const clients = ofType(graph, "aws:cognito/userPoolClient:UserPoolClient").map(({ outputs }) => outputs.id);
  const of = (access: string) =>
    Object.values(operations)
      .filter((operation) => operation.access === access)
      .map((operation) => follow(graph, operation));
  return [
    ...complaints(of("user"), {
      "asks for no token": ({ route, authorizer }) =>
        route?.inputs.authorizationType === "JWT" && authorizer !== undefined,
      "asks for no scope": ({ route }) => JSON.stringify(route?.inputs.authorizationScopes) === `["${scope}"]`,
      "takes tokens of another pool or client": ({ authorizer }) => {
        const { issuer, audiences } = block(authorizer?.inputs.jwtConfiguration);
        return issuer === `https://${pool}` && list(audiences).every((each) => clients.some((id) => id === each));
      },
    }),
    ...complaints(of("public"), {
      "asks for a token": ({ route }) => !route?.inputs.authorizerId && !list(route?.inputs.authorizationScopes).length,
    }),
  ];
};

/**
 * AWS rejects a stage with settings for a route that does not exist yet, and refuses to delete an authorizer that a
 * route still uses.
 * Pulumi creates dependencies first and deletes them last.
 */
export const routesAreMadeInOrder: Check = (graph) => {
  const routes = ofType(graph, "aws:apigatewayv2/route:Route");
  const stages = ofType(graph, "aws:apigatewayv2/stage:Stage").flatMap(({ name, inputs, dependencies }) =>
    blocks(inputs.routeSettings).map(({ routeKey }) => ({
      name: `${name} ${routeKey}`,
      urn: routes.find((route) => route.inputs.apiId === inputs.apiId && route.inputs.routeKey === routeKey)?.urn,
      dependencies,
    })),
  );
  const authenticated = routes
    .filter(({ inputs }) => inputs.authorizerId !== undefined)
    .map(({ name, inputs, dependencies }) => ({
      name,
      urn: ofType(graph, "aws:apigatewayv2/authorizer:Authorizer").find(
        ({ outputs }) => outputs.id === inputs.authorizerId,
      )?.urn,
      dependencies,
    }));
  return [
    ...(stages.length && authenticated.length ? [] : ["no route has settings or an authorizer"]),
    ...complaints(stages, {
      "does not wait for its route": ({ urn = "", dependencies }) => dependencies.includes(urn),
    }),
    ...complaints(authenticated, {
      "outlives its authorizer": ({ urn = "", dependencies }) => dependencies.includes(urn),
    }),
  ];
};

/** All stages limit the request rate and log each request. */
export const requestsAreLimitedAndLogged: Check = (graph) => {
  const account = Object.values(operations).filter(({ path }) => /^\/v1\/(accounts|session|me\/)/.test(path));
  const guarded = account.filter(({ access }) => access === "public");
  const stages = ofType(graph, "aws:apigatewayv2/stage:Stage");
  const limited = (settings: Readonly<Record<string, unknown>> | undefined, rate: number) =>
    Number(settings?.throttlingRateLimit) <= rate && Number(settings?.throttlingBurstLimit) >= 100;
  return complaints(stages, {
    "has no limit": ({ inputs }) => limited(block(inputs.defaultRouteSettings), 500),
    "tries passwords without a limit": ({ inputs }) =>
      guarded.every(({ method, path }) =>
        limited(
          blocks(inputs.routeSettings).find(({ routeKey }) => routeKey === `${method} ${path}`),
          100,
        ),
      ),
    "limits together what nobody but a signed-in user can do": ({ inputs }) =>
      account.every(
        ({ method, path, access }) =>
          access === "public" || !blocks(inputs.routeSettings).some(({ routeKey }) => routeKey === `${method} ${path}`),
      ),
    "writes no line for each request": ({ inputs }) => {
      const format = String(block(inputs.accessLogSettings).format ?? "{}");
      const said = Object.values(block(JSON.parse(format)));
      return ["requestId", "routeKey", "status", "responseLatency", "integrationErrorMessage"]
        .map((name) => `$context.${name}`)
        .concat("$context.authorizer.claims.sub")
        .every((value) => said.includes(value));
    },
  });
};
