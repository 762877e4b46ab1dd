import { readFile } from "node:fs/promises";
import path from "node:path";
import { features, type OperationId, operations } from "@daybook/core/api";
import type { Graph, GraphRoute } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/command.ts";
import { functionNamed, readGraph, sentences } from "./stages.ts";

let graph: Graph;
let routes: Readonly<Record<string, GraphRoute>>;
beforeAll(async () => {
  graph = await readGraph();
  routes = graph.routes.ApiApi ?? {};
});

const functionOf = (id: OperationId) => `${id.charAt(0).toUpperCase()}${id.slice(1)}Function`;
const all = Object.values(operations);

describe("the HTTP API", () => {
  it("has a route for each operation of the contract, and a default route", () => {
    const expected = all.map(({ method, path: pattern }) => `${method} ${pattern}`);
    expect(Object.keys(routes).toSorted()).toEqual([...expected, "$default"].toSorted());
  });

  it.each(all)("$method $path calls its own function, named after the operation", ({ id, method, path: pattern }) => {
    expect(routes[`${method} ${pattern}`]?.function).toBe(`\${${functionOf(id)}.arn}`);
    const fn = functionNamed(graph, functionOf(id));
    expect(fn.invokedBy).toEqual([`apigateway.amazonaws.com \${ApiApi.executionArn}/*`]);
    expect(fn.policy, "a role of its own").toBeDefined();
    expect(fn.managedPolicies).toBeUndefined();
  });

  it.each(all)(
    "$id requires an access token if and only if its contract says so",
    ({ access, method, path: pattern }) => {
      const { authorizer, scopes } = routes[`${method} ${pattern}`] ?? {};
      if (access === "user") {
        expect(authorizer).toBe(`\${ApiAuthorizerUsersAuthorizer.id}`);
        expect(scopes).toEqual(["daybook/api"]);
      } else expect([authorizer, scopes]).toEqual([undefined, undefined]);
    },
  );

  it("takes handlers from the module of the operation's feature", async () => {
    for (const [feature, featureOperations] of Object.entries(features)) {
      const source = await readFile(path.join(root, `packages/functions/src/${feature}.ts`), "utf8");
      for (const id of Object.keys(featureOperations)) {
        const fn = Object.values(graph.functions).find(({ handler }) => handler?.endsWith(`.${id}`));
        expect(fn?.handler).toBe(`packages/functions/src/${feature}.${id}`);
        expect(source).toMatch(new RegExp(`export const ${id}\\b`));
      }
    }
  });

  it("uses function timeouts below the gateway's 30 seconds", () => {
    for (const { id } of all) expect(functionNamed(graph, functionOf(id)).timeout).toBeLessThan(30);
  });

  it("has function descriptions within Lambda's 256 characters", () => {
    for (const fn of Object.values(graph.functions)) expect(fn.description?.length ?? 0).toBeLessThanOrEqual(256);
  });

  it("limits the request rate", () => {
    expect(graph.resources["aws:apigatewayv2:Stage"]?.ApiStage?.defaultRouteSettings).toMatchObject({
      throttlingRateLimit: 500,
      throttlingBurstLimit: 1000,
    });
  });

  it("grants each operation only the permissions that it needs", () => {
    const allowed = all.map(({ id }) => [id, sentences(functionNamed(graph, functionOf(id)).policy)]);
    expect(Object.fromEntries(allowed)).toMatchInlineSnapshot(`
      {
        "changePassword": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Query on TableTable",
          "cognito-idp:AdminGetUser, cognito-idp:AdminSetUserPassword on UsersUserPool",
        ],
        "confirmAccount": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Query on TableTable",
          "cognito-idp:AdminGetUser, cognito-idp:AdminSetUserMFAPreference, cognito-idp:AdminSetUserPassword, cognito-idp:AdminUserGlobalSignOut on UsersUserPool",
        ],
        "confirmEmailChange": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "confirmReset": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Query on TableTable",
          "cognito-idp:AdminGetUser, cognito-idp:AdminSetUserMFAPreference, cognito-idp:AdminSetUserPassword, cognito-idp:AdminUserGlobalSignOut on UsersUserPool",
        ],
        "confirmSecondFactor": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser, cognito-idp:AdminSetUserMFAPreference on UsersUserPool",
        ],
        "createComment": [
          "dynamodb:ConditionCheckItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "createList": [
          "dynamodb:ConditionCheckItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "createMedia": [
          "dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "s3:PutObject on UploadsBucket/incoming/*",
        ],
        "createPost": [
          "dynamodb:ConditionCheckItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "createSession": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Query on TableTable",
          "cognito-idp:AdminGetUser, cognito-idp:AdminSetUserMFAPreference, cognito-idp:AdminUserGlobalSignOut on UsersUserPool",
        ],
        "createTodo": [
          "dynamodb:BatchGetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "dynamodb:Query on TableTable/index/lsi1",
        ],
        "decideComment": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "deleteComment": [
          "dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
        ],
        "deleteList": [
          "dynamodb:BatchGetItem, dynamodb:DeleteItem on TableTable",
        ],
        "deleteMe": [
          "dynamodb:BatchWriteItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminDeleteUser, cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "deletePost": [
          "dynamodb:DeleteItem, dynamodb:GetItem on TableTable",
        ],
        "deleteSession": [
          "dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:Query on TableTable",
          "cognito-idp:AdminUserGlobalSignOut on UsersUserPool",
        ],
        "deleteTodo": [
          "dynamodb:BatchGetItem, dynamodb:DeleteItem on TableTable",
        ],
        "deleteTodos": [
          "dynamodb:BatchGetItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem on TableTable",
        ],
        "disableSecondFactor": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem on TableTable",
          "cognito-idp:AdminGetUser, cognito-idp:AdminSetUserMFAPreference on UsersUserPool",
        ],
        "endSession": [
          "dynamodb:DeleteItem on TableTable",
        ],
        "enrolSecondFactor": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "getAuthor": [
          "dynamodb:GetItem on TableTable",
        ],
        "getHealth": [
          "dynamodb:GetItem on TableTable",
        ],
        "getList": [
          "dynamodb:BatchGetItem on TableTable",
        ],
        "getMe": [
          "dynamodb:ConditionCheckItem, dynamodb:GetItem, dynamodb:PutItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "getMedia": [
          "dynamodb:GetItem on TableTable",
        ],
        "getMyPost": [
          "dynamodb:BatchGetItem on TableTable",
        ],
        "getOpenApi": [],
        "getPost": [
          "dynamodb:GetItem, dynamodb:Query on TableTable",
        ],
        "getPostBySlug": [
          "dynamodb:Query on TableTable",
        ],
        "getSecondFactor": [
          "dynamodb:GetItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "getTodo": [
          "dynamodb:BatchGetItem, dynamodb:GetItem on TableTable",
        ],
        "listBlockedReaders": [
          "dynamodb:Query on TableTable",
        ],
        "listComments": [
          "dynamodb:GetItem on TableTable",
          "dynamodb:Query on TableTable/index/lsi1",
        ],
        "listCommentsToReview": [
          "dynamodb:BatchGetItem on TableTable",
          "dynamodb:Query on TableTable/index/gsi2",
        ],
        "listLists": [
          "dynamodb:BatchGetItem, dynamodb:ConditionCheckItem, dynamodb:PutItem, dynamodb:Query on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "listMonths": [
          "dynamodb:Query on TableTable",
        ],
        "listMyPosts": [
          "dynamodb:Query on TableTable",
        ],
        "listPosts": [
          "dynamodb:Query on TableTable",
        ],
        "listReceivedComments": [
          "dynamodb:BatchGetItem on TableTable",
          "dynamodb:Query on TableTable/index/gsi2",
        ],
        "listSessions": [
          "dynamodb:Query on TableTable",
        ],
        "listTodos": [
          "dynamodb:BatchGetItem on TableTable",
          "dynamodb:Query on TableTable/index/lsi1",
        ],
        "publishPost": [
          "dynamodb:BatchGetItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "refreshSession": [
          "dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
        ],
        "replaceRecoveryCodes": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "requestEmailChange": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "requestReset": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "resendConfirmation": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "signUp": [
          "dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "unblockReader": [
          "dynamodb:DeleteItem on TableTable",
        ],
        "unpublishPost": [
          "dynamodb:BatchGetItem, dynamodb:DeleteItem, dynamodb:PutItem on TableTable",
        ],
        "updateComment": [
          "dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
        ],
        "updateList": [
          "dynamodb:BatchGetItem, dynamodb:UpdateItem on TableTable",
        ],
        "updateMe": [
          "dynamodb:BatchGetItem, dynamodb:ConditionCheckItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "cognito-idp:AdminGetUser on UsersUserPool",
        ],
        "updatePost": [
          "dynamodb:BatchGetItem, dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
        ],
        "updateTodo": [
          "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
          "dynamodb:Query on TableTable/index/lsi1",
        ],
        "updateTodos": [
          "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem on TableTable",
        ],
      }
    `);
  });
});
