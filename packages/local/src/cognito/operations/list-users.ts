import { invalidParameter } from "../errors.ts";
import { type Input, optionalText, text } from "../input.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import { describeUser } from "./admin.ts";
import { attributeList } from "./current-user.ts";
import type { Operation, Services } from "./operation.ts";

const mostUsers = 60;

/** Attributes that a filter can name. Custom attributes are not searchable. */
const searchable = new Set([
  "cognito:user_status",
  "email",
  "family_name",
  "given_name",
  "name",
  "phone_number",
  "preferred_username",
  "status",
  "sub",
  "username",
]);

/** Parses a filter: `email = "ada@example.com"` or `email ^= "ada"`. A backslash escapes a quote in the value. */
function filterOf(filter: string | undefined): (user: User) => boolean {
  if (!filter) return () => true;
  const [, name = "", operator, quoted = ""] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  if (!operator) throw invalidParameter("Error while parsing filter.");
  if (!searchable.has(name)) throw invalidParameter(`One or more requested attributes are not searchable: ${name}`);
  const wanted = quoted.replaceAll(/\\(.)/g, "$1").toLowerCase();
  return (user) => {
    const known: Record<string, string> = { ...attributesForTrigger(user), username: user.username, status: "Enabled" };
    const value = known[name]?.toLowerCase();
    return value !== undefined && (operator === "=" ? value === wanted : value.startsWith(wanted));
  };
}

function limitOf({ Limit: limit = mostUsers }: Input): number {
  if (typeof limit === "number" && limit >= 0 && limit <= mostUsers) return limit || mostUsers;
  throw invalidParameter(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${mostUsers}`,
  );
}

/**
 * Creates a pagination token that names the last user of a page. Users that are created or deleted between two requests
 * do not shift the next page.
 */
const tokenOf = ({ createdAt, username }: User) =>
  Buffer.from(JSON.stringify([createdAt, username])).toString("base64url");

function isAfter(token: string | undefined): (user: User) => boolean {
  if (token === undefined) return () => true;
  try {
    const [createdAt, username]: unknown[] = JSON.parse(Buffer.from(token, "base64url").toString());
    if (typeof createdAt === "number" && typeof username === "string")
      return (user) => user.createdAt > createdAt || (user.createdAt === createdAt && user.username > username);
  } catch {
    // Invalid JSON and JSON of another shape are reported by the same error below.
  }
  throw invalidParameter("Invalid pagination token.");
}

/** `ListUsers`: returns pages of at most 60 users, oldest first, with all attributes or those of `AttributesToGet`. */
export const listUsers =
  ({ pools, users }: Pick<Services, "pools" | "users">): Operation =>
  (input) => {
    const limit = limitOf(input);
    const { AttributesToGet: wanted } = input;
    const isWanted = ({ Name }: { Name: string }) => !Array.isArray(wanted) || wanted.includes(Name);
    const rest = users
      .list(pools.pool(text(input, "UserPoolId")))
      .filter(filterOf(optionalText(input, "Filter")))
      .filter(isAfter(optionalText(input, "PaginationToken")));
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      Users: page.map((user) => ({ ...describeUser(user), Attributes: attributeList(user).filter(isWanted) })),
      ...(last && rest.length > limit && { PaginationToken: tokenOf(last) }),
    };
  };
