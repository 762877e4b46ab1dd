import type { OperationId } from "@daybook/core/api";
import { onUserPool, serverAccess, userPoolId, webAccess } from "./auth.ts";
import type { FunctionSettings } from "./function.ts";
import { blogOperations } from "./operations.blog.ts";
import { uploads, uploadsName } from "./storage.ts";
import { onIndex, onTable } from "./table.ts";

/** Reads the address of an account without a profile from the user pool. */
const readAccount = onUserPool("cognito-idp:AdminGetUser");

/** Setting the password with a mailed code ends all sessions and disables the second factor. */
const settingThePassword = onUserPool(
  "cognito-idp:AdminGetUser",
  "cognito-idp:AdminSetUserMFAPreference",
  "cognito-idp:AdminSetUserPassword",
  "cognito-idp:AdminUserGlobalSignOut",
);

/** Attempts are counted before they are made. */
const counting = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] as const;

export type OperationSettings = Pick<FunctionSettings, "permissions" | "memory" | "timeout" | "plugins"> & {
  readonly link?: sst.Linkable<Record<string, unknown>>[];
};

/**
 * Settings of each operation's function: its permissions, its links besides the table and the origin, and its memory
 * and timeout if they differ from the defaults.
 */
export const settings = {
  signUp: { permissions: [onTable(...counting)], link: [webAccess] },
  confirmAccount: {
    permissions: [onTable(...counting, "dynamodb:DeleteItem", "dynamodb:Query"), settingThePassword],
    link: [userPoolId, webAccess],
  },
  resendConfirmation: { permissions: [onTable(...counting)], link: [webAccess] },
  requestReset: { permissions: [onTable(...counting)], link: [webAccess] },
  confirmReset: {
    permissions: [onTable(...counting, "dynamodb:DeleteItem", "dynamodb:Query"), settingThePassword],
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
      // A recovery code disables the second factor and ends every session.
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
  requestEmailChange: { permissions: [onTable(...counting), readAccount], link: [userPoolId, serverAccess] },
  confirmEmailChange: {
    permissions: [onTable(...counting, "dynamodb:DeleteItem"), readAccount],
    link: [userPoolId, serverAccess],
  },
  listSessions: { permissions: [onTable("dynamodb:Query")] },
  endSession: { permissions: [onTable("dynamodb:DeleteItem")] },
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
    // Enough for thousands of lists, and below the gateway's limit.
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
    permissions: [
      onTable("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
      readAccount,
    ],
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
  createMedia: {
    permissions: [
      onTable("dynamodb:PutItem", "dynamodb:UpdateItem"),
      // A presigned form grants only permissions that its signer has.
      { actions: ["s3:PutObject"], resources: [$interpolate`${uploads.arn}/incoming/*`] },
    ],
    link: [uploadsName],
  },
  getMedia: { permissions: [onTable("dynamodb:GetItem")] },
  getHealth: { permissions: [onTable("dynamodb:GetItem")] },
  // Only this operation generates JSON Schema.
  getOpenApi: { permissions: [], plugins: "packages/functions/esbuild-lean-sdk.mjs" },
  ...blogOperations,
} satisfies Record<OperationId, OperationSettings>;
