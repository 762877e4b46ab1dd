import { features, type OperationId, type operations } from "@daybook/core/api";
import { audiences, auth, issuer } from "./auth.ts";
import { type FunctionSettings, lambda } from "./function.ts";
import { origin, router } from "./router.ts";
import { policyOf } from "./stage.ts";
import { onIndex, onTable, tableName } from "./table.ts";

/** What each operation's function may do, and its memory and timeout where they differ from the others'. */
const settings = {
  signUp: { permissions: [] },
  confirmAccount: { permissions: [] },
  resendConfirmation: { permissions: [] },
  createSession: { permissions: [onTable("dynamodb:PutItem")] },
  refreshSession: { permissions: [onTable("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem")] },
  deleteSession: { permissions: [onTable("dynamodb:DeleteItem")] },
  getMe: { permissions: [onTable("dynamodb:GetItem", "dynamodb:PutItem")] },
  listLists: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query")] },
  listTodos: { permissions: [onTable("dynamodb:BatchGetItem"), onIndex("lsi1")] },
  createTodo: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:PutItem")] },
  getTodo: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:GetItem")] },
  updateTodo: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem")] },
  deleteTodo: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem")] },
  getHealth: { permissions: [onTable("dynamodb:GetItem")] },
  getOpenApi: { permissions: [] },
} satisfies Record<OperationId, Pick<FunctionSettings, "permissions" | "memory" | "timeout">>;

/** The HTTP API. Browsers reach it on their own origin, through the router: it needs no CORS. */
export const api = new sst.aws.ApiGatewayV2("Api", {
  cors: false,
  accessLog: { retention: policyOf($app.stage).logRetention },
  transform: {
    stage: {
      defaultRouteSettings: { throttlingRateLimit: 500, throttlingBurstLimit: 1000, detailedMetricsEnabled: true },
    },
  },
});
router.route("/v1", api.url);

const authorizer = api.addAuthorizer({ name: "Users", jwt: { issuer, audiences } });

/** The gateway cannot tell an access token from an ID token but by its scope. */
const user = { jwt: { authorizer: authorizer.id, scopes: ["aws.cognito.signin.user.admin"] } };

for (const [feature, featureOperations] of Object.entries(features)) {
  const link = feature === "account" ? [tableName, origin, auth] : [tableName, origin];
  for (const operation of Object.values<(typeof operations)[OperationId]>(featureOperations)) {
    const name = `${operation.id.charAt(0).toUpperCase()}${operation.id.slice(1)}`;
    const handler = `packages/functions/src/${feature}.${operation.id}`;
    const fn = lambda(name, { handler, description: operation.summary, link, ...settings[operation.id] });
    const route = `${operation.method} ${operation.path}`;
    api.route(route, fn.arn, { name, auth: operation.access === "user" && user });
  }
}

const routeNotFound = lambda("RouteNotFound", {
  handler: "packages/functions/src/system.routeNotFound",
  description: "Answers for every path and method that the API does not have",
  link: [origin],
  permissions: [],
});
api.route("$default", routeNotFound.arn, { name: "RouteNotFound" });
