import type { SoftwareToken } from "../credentials/software-tokens.ts";
import { notAuthorized, unknownOperation, userNotFound } from "../errors.ts";
import { attributesOf, type Input, text } from "../input.ts";
import type { User } from "../users.ts";
import type { Operation, Services } from "./operation.ts";
import { assertWritable } from "./sign-up.ts";

/** What tells who holds a token. */
export type HolderDependencies = Pick<Services, "pools" | "users" | "sessions" | "tokens">;

/**
 * Who holds an access token that is genuine, in time and not revoked, and the client that it was given to.
 * @throws NotAuthorizedException, UserNotFoundException
 */
export function holder(input: Input, { pools, users, sessions, tokens }: HolderDependencies) {
  const { sub, originJti } = tokens.readAccessToken(text(input, "AccessToken"));
  const user = users.bySub(sub);
  if (!user) throw userNotFound("User does not exist.");
  const session = sessions.get(originJti);
  if (!session || session.revoked) throw notAuthorized("Access Token has been revoked");
  return { user, client: pools.client(session.clientId) };
}

/** The attributes of a user as the API lists them. */
export const attributeList = (user: User) =>
  Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value }));

/** The second factors of a user as the API lists them: nothing where there are none. */
export const secondFactors = ({ enabled, preferred }: SoftwareToken) => ({
  ...(enabled && { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }),
  ...(preferred && { PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" }),
});

/** `GetUser` */
export const getUser =
  (dependencies: HolderDependencies & Pick<Services, "softwareTokens">): Operation =>
  (input) => {
    const { user, client } = holder(input, dependencies);
    const isReadable = ({ Name }: { Name: string }) => Name === "sub" || (client.readable?.has(Name) ?? true);
    return {
      Username: user.username,
      UserAttributes: attributeList(user).filter(isReadable),
      ...secondFactors(dependencies.softwareTokens.of(user)),
    };
  };

/** `GlobalSignOut`: no token that the user has works any more, except that who only verifies signatures cannot know. */
export const globalSignOut =
  (dependencies: HolderDependencies): Operation =>
  (input) => {
    dependencies.sessions.revokeAll(holder(input, dependencies).user);
    return {};
  };

/** `DeleteUser`: with all tokens and codes; what the app keeps about the user is not Cognito's to delete. */
export const deleteUser =
  (dependencies: HolderDependencies): Operation =>
  (input) => {
    dependencies.users.remove(holder(input, dependencies).user);
    return {};
  };

/** `UpdateUserAttributes`: a new address would have to be verified first, which is not carried out here. */
export const updateUserAttributes =
  (dependencies: HolderDependencies): Operation =>
  (input) => {
    const { user, client } = holder(input, dependencies);
    const attributes = attributesOf(input, "UserAttributes");
    assertWritable(attributes, client);
    if ("email" in attributes)
      throw unknownOperation("The local cloud does not support a change of the email address.");
    dependencies.users.setAttributes(user, attributes);
    return {};
  };
