import { invalidParameter, notAuthorized, userNotFound } from "../errors.ts";
import { type Input, optionalText, text, texts } from "../input.ts";
import type { Operation, Services } from "../services.ts";
import { attributesForTrigger } from "../trigger-attributes.ts";
import type { User } from "../users.ts";
import { attributeList } from "./current-user.ts";

type Dependencies = Pick<Services, "pools" | "users">;

/** The user whom an administrator names. @throws ResourceNotFoundException, UserNotFoundException */
function named(input: Input, { pools, users }: Dependencies): User {
  const user = users.find(pools.pool(text(input, "UserPoolId")), text(input, "Username"));
  if (!user) throw userNotFound("User does not exist.");
  return user;
}

const describe = (user: User) => ({
  Username: user.username,
  UserCreateDate: user.createdAt,
  UserLastModifiedDate: user.modifiedAt,
  Enabled: true,
  UserStatus: user.status,
});

/** `AdminGetUser` */
export const adminGetUser =
  (dependencies: Dependencies): Operation =>
  (input) => {
    const user = named(input, dependencies);
    return { ...describe(user), UserAttributes: attributeList(user) };
  };

/** `AdminConfirmSignUp`: without a code, and so without a verified address. */
export const adminConfirmSignUp =
  (dependencies: Dependencies & Pick<Services, "runTrigger">): Operation =>
  async (input) => {
    const user = named(input, dependencies);
    if (user.status !== "UNCONFIRMED")
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    const confirmed = dependencies.users.confirm(user);
    await dependencies.runTrigger("postConfirmation", {
      source: "ConfirmSignUp",
      pool: dependencies.pools.pool(user.poolId),
      clientId: "CLIENT_ID_NOT_APPLICABLE",
      username: user.username,
      userAttributes: attributesForTrigger(confirmed),
      clientMetadata: texts(input, "ClientMetadata"),
    });
    return {};
  };

/** `AdminDeleteUser`: with all tokens; what the app keeps about the user is not Cognito's to delete. */
export const adminDeleteUser =
  (dependencies: Dependencies): Operation =>
  (input) => {
    dependencies.users.remove(named(input, dependencies));
    return {};
  };

/** `email = "ada@example.com"` or `email ^= "ada"`, the two forms that a filter has. */
function filterOf(filter: string | undefined): (user: User) => boolean {
  if (!filter) return () => true;
  const [, name = "", operator, wanted = ""] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"(.*)"\s*$/.exec(filter) ?? [];
  if (!operator) throw invalidParameter("Error while parsing filter.");
  return (user) => {
    const known: Record<string, string> = { ...attributesForTrigger(user), username: user.username };
    const value = (known[name] ?? "").toLowerCase();
    return operator === "=" ? value === wanted.toLowerCase() : value.startsWith(wanted.toLowerCase());
  };
}

/** `ListUsers`: in pages of at most 60; the token is where the next page starts. */
export const listUsers =
  ({ pools, users }: Dependencies): Operation =>
  (input) => {
    const { Limit: limit = 60 } = input;
    if (typeof limit !== "number" || limit < 0 || limit > 60) throw invalidParameter("Limit must be at most 60");
    const start = Number(optionalText(input, "PaginationToken") ?? 0);
    const all = users.list(pools.pool(text(input, "UserPoolId"))).filter(filterOf(optionalText(input, "Filter")));
    const end = start + (limit || 60);
    return {
      Users: all.slice(start, end).map((user) => ({ ...describe(user), Attributes: attributeList(user) })),
      ...(end < all.length && { PaginationToken: String(end) }),
    };
  };
