import { onUserPool, userPoolId } from "./auth.ts";
import type { OperationSettings } from "./operations.ts";
import { onIndex, onTable } from "./table.ts";

/** Settings of the functions of the blog's operations. */
export const blogOperations = {
  listPosts: { permissions: [onTable("dynamodb:Query")] },
  listMonths: { permissions: [onTable("dynamodb:Query")] },
  getPost: { permissions: [onTable("dynamodb:GetItem", "dynamodb:Query")] },
  getPostBySlug: { permissions: [onTable("dynamodb:Query")] },
  listMyPosts: { permissions: [onTable("dynamodb:Query")] },
  getMyPost: { permissions: [onTable("dynamodb:BatchGetItem")] },
  createPost: {
    permissions: [
      onTable("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
      // Reads the address of an account without a profile.
      onUserPool("cognito-idp:AdminGetUser"),
    ],
    link: [userPoolId],
  },
  updatePost: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")] },
  deletePost: { permissions: [onTable("dynamodb:DeleteItem", "dynamodb:GetItem")] },
  publishPost: {
    permissions: [
      onTable(
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
      ),
    ],
  },
  unpublishPost: { permissions: [onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:PutItem")] },
  getAuthor: { permissions: [onTable("dynamodb:GetItem")] },
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
  listReceivedComments: { permissions: [onTable("dynamodb:BatchGetItem"), onIndex("gsi2")] },
  listBlockedReaders: { permissions: [onTable("dynamodb:Query")] },
  unblockReader: { permissions: [onTable("dynamodb:DeleteItem")] },
} satisfies Record<string, OperationSettings>;
