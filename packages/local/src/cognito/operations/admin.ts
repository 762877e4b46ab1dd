import { checkPassword, hashPassword } from "../credentials/passwords.ts";
import { notAuthorized, unknownOperation, userNotFound } from "../errors.ts";
import { type Input, passwordText, text, texts } from "../input.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import { attributeList, secondFactors } from "./current-user.ts";
import type { Operation, Services } from "./operation.ts";

type Dependencies = Pick<Services, "pools" | "users">;
export type AdminDependencies = Dependencies & Pick<Services, "softwareTokens">;

/**
 * Returns the user that an administrator's request names.
 * @throws ResourceNotFoundException, UserNotFoundException
 */
export function named(input: Input, { pools, users }: Dependencies): User {
  const user = users.find(pools.pool(text(input, "UserPoolId")), text(input, "Username"));
  if (!user) throw userNotFound("User does not exist.");
  return user;
}

/** A user as the administrator operations return it, without its attributes. */
export const describeUser = (user: User) => ({
  Username: user.username,
  UserCreateDate: user.createdAt,
  UserLastModifiedDate: user.modifiedAt,
  Enabled: true,
  UserStatus: user.status,
});

/** `AdminGetUser` */
export const adminGetUser =
  (dependencies: AdminDependencies): Operation =>
  (input) => {
    const user = named(input, dependencies);
    return {
      ...describeUser(user),
      UserAttributes: attributeList(user),
      ...secondFactors(dependencies.softwareTokens.of(user)),
    };
  };

/** `AdminConfirmSignUp`: needs no code, so it does not verify the address. */
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

/** `AdminDeleteUser`: deletes the user with all tokens. The app has to delete its own data of the user. */
export const adminDeleteUser =
  (dependencies: Dependencies): Operation =>
  (input) => {
    dependencies.users.remove(named(input, dependencies));
    return {};
  };

/** `AdminSetUserPassword`: sets a permanent password. Temporary passwords are not supported. */
export const adminSetUserPassword =
  (dependencies: Dependencies): Operation =>
  async (input) => {
    const user = named(input, dependencies);
    const password = passwordText(input, "Password");
    if (input.Permanent !== true) throw unknownOperation("The local cloud supports permanent passwords alone.");
    checkPassword(password, dependencies.pools.pool(user.poolId).passwordPolicy);
    dependencies.users.setPassword(user, await hashPassword(password));
    return {};
  };

/** `AdminUserGlobalSignOut`: revokes all sessions of the user, as `GlobalSignOut` does. */
export const adminUserGlobalSignOut =
  (dependencies: Dependencies & Pick<Services, "sessions">): Operation =>
  (input) => {
    dependencies.sessions.revokeAll(named(input, dependencies));
    return {};
  };
