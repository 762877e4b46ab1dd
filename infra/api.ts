import { apiScope } from "@daybook/core/account/account.scopes";
import { features, type OperationId, type operations } from "@daybook/core/api";
import { audiences, issuer, onUserPool, serverAccess, userPoolId, webAccess } from "./auth.ts";
import { type FunctionSettings, lambda } from "./function.ts";
import { originSecrets } from "./origin-secret.ts";
import { origin, router } from "./router.ts";
import { policyOf } from "./stage.ts";
import { uploads, uploadsName } from "./storage.ts";
import { onIndex, onTable, tableName } from "./table.ts";

/** The address of an account whose profile is missing is read from the user pool. */
const readAccount = onUserPool("cognito-idp:AdminGetUser");

/** Attempts are counted before they are made. */
const counting = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] as const;

type Settings = Pick<FunctionSettings, "permissions" | "memory" | "timeout" | "plugins"> & {
  readonly link?: sst.Linkable<Record<string, unknown>>[];
};

/** What each operation's function may do, what it is told besides the table and the origin, and its memory and timeout where they differ from the others'. */
const settings = {
  signUp: { permissions: [onTable(...counting)], link: [webAccess] },
  confirmAccount: {
    permissions: [
      onTable(...counting, "dynamodb:DeleteItem", "dynamodb:Query"),
      onUserPool(
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminSetUserMFAPreference",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminUserGlobalSignOut",
      ),
    ],
    link: [userPoolId, webAccess],
  },
  resendConfirmation: { permissions: [onTable(...counting)], link: [webAccess] },
  requestReset: { permissions: [onTable(...counting)], link: [webAccess] },
  confirmReset: {
    permissions: [
      onTable(...counting, "dynamodb:DeleteItem", "dynamodb:Query"),
      onUserPool(
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminSetUserMFAPreference",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminUserGlobalSignOut",
      ),
    ],
    link: [userPoolId, webAccess],
  },
  changePassword: {
    permissions: [
      onTable(...counting, "dynamodb:DeleteItem", "dynamodb:Query"),
      onUserPool("cognito-idp:AdminGetUser", "cognito-idp:AdminSetUserPassword"),
    ],
    link: [userPoolId, serverAccess],
  },
  getSecondFactor: { permissions: [onTable("dynamodb:GetItem"), readAccount], link: [userPoolId] },
  enrolSecondFactor: { permissions: [onTable(...counting), readAccount], link: [userPoolId, serverAccess] },
  confirmSecondFactor: {
    permissions: [
      onTable(...counting),
      onUserPool("cognito-idp:AdminGetUser", "cognito-idp:AdminSetUserMFAPreference"),
    ],
    link: [userPoolId, serverAccess],
  },
  replaceRecoveryCodes: { permissions: [onTable(...counting), readAccount], link: [userPoolId, serverAccess] },
  disableSecondFactor: {
    permissions: [
      onTable(...counting, "dynamodb:DeleteItem"),
      onUserPool("cognito-idp:AdminGetUser", "cognito-idp:AdminSetUserMFAPreference"),
    ],
    link: [userPoolId, serverAccess],
  },
  createSession: {
    permissions: [
      onTable(...counting, "dynamodb:DeleteItem", "dynamodb:Query"),
      // A recovery code turns the second factor off and ends every session.
      onUserPool(
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminSetUserMFAPreference",
        "cognito-idp:AdminUserGlobalSignOut",
      ),
    ],
    link: [userPoolId, webAccess],
  },
  refreshSession: {
    permissions: [onTable("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem")],
    link: [webAccess],
  },
  deleteSession: {
    permissions: [
      onTable("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query"),
      onUserPool("cognito-idp:AdminUserGlobalSignOut"),
    ],
    link: [userPoolId, webAccess],
  },
  getMe: {
    permissions: [onTable("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem"), readAccount],
    link: [userPoolId],
  },
  updateMe: {
    permissions: [
      onTable(
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
      ),
      readAccount,
    ],
    link: [userPoolId],
  },
  deleteMe: {
    permissions: [
      onTable(
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
      ),
      onUserPool("cognito-idp:AdminDeleteUser", "cognito-idp:AdminGetUser"),
    ],
    link: [userPoolId, serverAccess],
    // Long enough for thousands of lists, and below the gateway's own limit.
    timeout: "25 seconds",
  },
  listLists: {
    permissions: [
      onTable("dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:Query"),
      readAccount,
    ],
    link: [userPoolId],
  },
  createList: {
    permissions: [onTable("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem"), readAccount],
    link: [userPoolId],
  },
  getList: { permissions: [onTable("dynamodb:BatchGetItem")] },
  updateList: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:UpdateItem")] },
  deleteList: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem")] },
  listTodos: { permissions: [onTable("dynamodb:BatchGetItem"), onIndex("lsi1")] },
  createTodo: {
    permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"), onIndex("lsi1")],
  },
  updateTodos: {
    permissions: [
      onTable("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"),
    ],
  },
  deleteTodos: {
    permissions: [
      onTable(
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
      ),
    ],
  },
  getTodo: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:GetItem")] },
  updateTodo: {
    permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"), onIndex("lsi1")],
  },
  deleteTodo: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem")] },
  listPosts: { permissions: [onTable("dynamodb:Query")] },
  listMonths: { permissions: [onTable("dynamodb:Query")] },
  getPost: { permissions: [onTable("dynamodb:GetItem")] },
  getPostBySlug: { permissions: [onTable("dynamodb:GetItem")] },
  listMyPosts: { permissions: [onTable("dynamodb:Query")] },
  getMyPost: { permissions: [onTable("dynamodb:BatchGetItem")] },
  createPost: {
    permissions: [onTable("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem"), readAccount],
    link: [userPoolId],
  },
  updatePost: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:PutItem")] },
  deletePost: { permissions: [onTable("dynamodb:DeleteItem", "dynamodb:GetItem")] },
  publishPost: {
    permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem")],
  },
  unpublishPost: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:PutItem")] },
  getAuthor: { permissions: [onTable("dynamodb:GetItem")] },
  createMedia: {
    permissions: [
      onTable("dynamodb:PutItem", "dynamodb:UpdateItem"),
      // What it signs a form for, it must be allowed itself.
      { actions: ["s3:PutObject"], resources: [$interpolate`${uploads.arn}/incoming/*`] },
    ],
    link: [uploadsName],
  },
  getMedia: { permissions: [onTable("dynamodb:GetItem")] },
  listComments: { permissions: [onTable("dynamodb:GetItem"), onIndex("lsi1")] },
  createComment: {
    permissions: [
      onTable("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
    ],
  },
  updateComment: { permissions: [onTable("dynamodb:GetItem", "dynamodb:UpdateItem")] },
  deleteComment: { permissions: [onTable("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem")] },
  decideComment: { permissions: [onTable("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")] },
  listCommentsToReview: { permissions: [onTable("dynamodb:BatchGetItem"), onIndex("gsi2")] },
  listBlockedReaders: { permissions: [onTable("dynamodb:Query")] },
  unblockReader: { permissions: [onTable("dynamodb:DeleteItem")] },
  getHealth: { permissions: [onTable("dynamodb:GetItem")] },
  // It alone makes JSON Schema.
  getOpenApi: { permissions: [], plugins: "packages/functions/esbuild-plugins-openapi.mjs" },
} satisfies Record<OperationId, Settings>;

/**
 * A backstop for the routes that try passwords and codes or send mail without a token. Everyone shares it, so it is far above what people
 * do: attempts are limited by account and by address in our own code, and floods by the firewall.
 */
const guarded = { throttlingRateLimit: 100, throttlingBurstLimit: 200, detailedMetricsEnabled: true };
const guardedRoutes = Object.values(features.account)
  .filter(({ access }) => access === "public")
  .map(({ method, path }) => `${method} ${path}`);

/** A line for each request, as JSON; numbers that may be missing are `-`, and so in quotes. */
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

/** The HTTP API. Browsers reach it on their own origin, through the router: it needs no CORS. */
export const api = new sst.aws.ApiGatewayV2("Api", {
  cors: false,
  accessLog: { retention: policyOf($app.stage).logRetention },
  transform: {
    stage(args, opts) {
      args.defaultRouteSettings = {
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
        detailedMetricsEnabled: true,
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
// Longer than the gateway's 30 seconds, so that people get the gateway's answer and not CloudFront's.
router.route("/v1", api.url, { readTimeout: "35 seconds" });

const authorizer = api.addAuthorizer({ name: "Users", jwt: { issuer, audiences } });

/** Every access token that leaves the server has this scope. The gateway tells it from an ID token by the scope alone. */
const user = { jwt: { authorizer: authorizer.id, scopes: [apiScope] } };

/** Functions whose failures are errors of the API; `alarms.ts` watches over the others one by one. */
export const routedFunctions = new Set<string>();

/** AWS refuses to delete an authorizer that a route refers to. SST hands its id to the route without the dependency. */
const afterAuthorizer = (_: unknown, opts: $util.CustomResourceOptions) => {
  opts.dependsOn = authorizer.nodes.authorizer;
  return undefined;
};

// Outputs, not components: SST creates a route with an authorizer later than its component, so that waiting for the component misses it.
const routes: $util.Output<aws.apigatewayv2.Route>[] = [];
for (const [feature, featureOperations] of Object.entries(features)) {
  for (const operation of Object.values<(typeof operations)[OperationId]>(featureOperations)) {
    const name = `${operation.id.charAt(0).toUpperCase()}${operation.id.slice(1)}`;
    const handler = `packages/functions/src/${feature}.${operation.id}`;
    const { link = [], ...own }: Settings = settings[operation.id];
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
  description: "Answers for every path and method that the API does not have",
  link: [origin, originSecrets],
  permissions: [],
});
routedFunctions.add("RouteNotFound");
routes.push(api.route("$default", routeNotFound.arn, { name: "RouteNotFound" }).nodes.route);
routesAreMade(routes);
