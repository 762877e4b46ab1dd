import { apiScope } from "@daybook/core/account/account.scopes";
import { features, type OperationId, type operations } from "@daybook/core/api";
import { audiences, issuer } from "./auth.ts";
import { lambda } from "./function.ts";
import { type OperationSettings, settings } from "./operations.ts";
import { originSecrets } from "./origin-secret.ts";
import { origin, router } from "./router.ts";
import { policyOf } from "./stage.ts";
import { tableName } from "./table.ts";

/**
 * Backstop throttling for routes that try passwords and codes or send mail without a token. All clients share the
 * limit, so it is far above normal use. The functions limit attempts by account and by address, and the firewall stops
 * floods.
 */
const guarded = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };
const guardedRoutes = Object.values({ ...features.account, ...features.session })
  .filter(({ access }) => access === "public")
  .map(({ method, path }) => `${method} ${path}`);

/** One JSON line per request. Numbers are quoted, because a missing number is `-`. */
const accessLog = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  route: "$context.routeKey",
  path: "$context.path",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integrationLatency",
  integrationStatus: "$context.integration.status",
  integrationError: "$context.integrationErrorMessage",
  error: "$context.error.message",
  authorizerError: "$context.authorizer.error",
  principal: "$context.authorizer.claims.sub",
  responseLength: "$context.responseLength",
  ip: "$context.identity.sourceIp",
};

const { promise: allRoutes, resolve: routesAreMade } = Promise.withResolvers<$util.Output<aws.apigatewayv2.Route>[]>();

/** The HTTP API. Browsers reach it on their own origin through the router, so it needs no CORS. */
export const api = new sst.aws.ApiGatewayV2("Api", {
  cors: false,
  accessLog: { retention: policyOf($app.stage).logRetention },
  transform: {
    stage(args, opts) {
      args.defaultRouteSettings = {
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
      };
      args.routeSettings = guardedRoutes.map((routeKey) => ({ routeKey, ...guarded }));
      args.accessLogSettings = $output(args.accessLogSettings).apply((settings) => ({
        destinationArn: settings?.destinationArn ?? "",
        format: JSON.stringify(accessLog),
      }));
      // AWS refuses settings of a route that does not exist yet.
      opts.dependsOn = allRoutes;
      return undefined;
    },
  },
});
// Longer than the gateway's 30 seconds, so that clients receive the gateway's response instead of CloudFront's.
router.route("/v1", api.url, { readTimeout: "35 seconds" });

const authorizer = api.addAuthorizer({ name: "Users", jwt: { issuer, audiences } });

/**
 * Every access token that the server issues has this scope. An ID token does not, and the gateway distinguishes them by
 * the scope alone.
 */
const user = { jwt: { authorizer: authorizer.id, scopes: [apiScope] } };

/** Functions whose failures appear as errors of the API. `alarms.ts` monitors all other functions individually. */
export const routedFunctions = new Set<string>();

/**
 * AWS refuses to delete an authorizer that a route refers to. SST passes the authorizer's id to the route without the
 * dependency.
 */
const afterAuthorizer = (_: unknown, opts: $util.CustomResourceOptions) => {
  opts.dependsOn = authorizer.nodes.authorizer;
  return undefined;
};

// These are outputs, not components. SST creates a route with an authorizer later than its component, so waiting for
// the component is not enough.
const routes: $util.Output<aws.apigatewayv2.Route>[] = [];
for (const [feature, featureOperations] of Object.entries(features)) {
  for (const operation of Object.values<(typeof operations)[OperationId]>(featureOperations)) {
    const name = `${operation.id.charAt(0).toUpperCase()}${operation.id.slice(1)}`;
    const handler = `packages/functions/src/${feature}.${operation.id}`;
    const { link = [], ...own }: OperationSettings = settings[operation.id];
    const fn = lambda(name, {
      handler,
      description: operation.summary,
      link: [tableName, origin, originSecrets, ...link],
      ...own,
    });
    const authenticated = operation.access === "user" && { auth: user, transform: { route: afterAuthorizer } };
    routedFunctions.add(name);
    const { nodes } = api.route(`${operation.method} ${operation.path}`, fn.arn, { name, ...authenticated });
    routes.push(nodes.route);
  }
}

const routeNotFound = lambda("RouteNotFound", {
  handler: "packages/functions/src/system.routeNotFound",
  description: "Returns 404 or 405 for paths and methods that the API does not have",
  link: [origin, originSecrets],
  permissions: [],
});
routedFunctions.add("RouteNotFound");
routes.push(api.route("$default", routeNotFound.arn, { name: "RouteNotFound" }).nodes.route);
routesAreMade(routes);
