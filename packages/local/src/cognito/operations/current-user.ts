import type { SoftwareToken } from "../credentials/software-tokens.ts";
import { aliasExists, invalidParameter, notAuthorized, unknownOperation, userNotFound } from "../errors.ts";
import { attributesOf, type Input, text, texts } from "../input.ts";
import type { User } from "../users.ts";
import type { Operation, Services } from "./operation.ts";
import { assertWritable, isEmail } from "./sign-up.ts";

/** Dependencies of `holder`. */
export type HolderDependencies = Pick<Services, "pools" | "users" | "sessions" | "tokens">;

/**
 * Returns the user of a valid access token that is neither expired nor revoked, and the client that it was issued to.
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

/** Lists a user's attributes in the API's format. */
export const attributeList = (user: User) =>
  Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value }));

/** Lists a user's second factors in the API's format. Empty if there are none. */
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

/**
 * `GlobalSignOut`: revokes all tokens of the user. A service that only verifies signatures accepts an access token
 * until it expires.
 */
export const globalSignOut =
  (dependencies: HolderDependencies): Operation =>
  (input) => {
    dependencies.sessions.revokeAll(holder(input, dependencies).user);
    return {};
  };

/** `DeleteUser`: deletes the user with all tokens and codes. The app has to delete its own data of the user. */
export const deleteUser =
  (dependencies: HolderDependencies): Operation =>
  (input) => {
    dependencies.users.remove(holder(input, dependencies).user);
    return {};
  };

type EmailDependencies = HolderDependencies & Pick<Services, "codes">;

/**
 * `UpdateUserAttributes`: a new email address stays pending until `VerifyUserAttribute`. A pool without
 * `attributesRequireVerificationBeforeUpdates` refuses one, because changing it immediately is not supported.
 */
export const updateUserAttributes =
  (dependencies: EmailDependencies & Pick<Services, "sendCode">): Operation =>
  async (input) => {
    const { users, pools, codes, sendCode } = dependencies;
    const { user, client } = holder(input, dependencies);
    const { email, ...attributes } = attributesOf(input, "UserAttributes");
    assertWritable({ ...attributes, ...(email !== undefined && { email }) }, client);
    const pool = pools.pool(user.poolId);
    const newEmail = email === user.attributes.email ? undefined : email;
    if (newEmail !== undefined) {
      if (!pool.verifiesBeforeUpdate)
        throw unknownOperation("The local cloud does not support a change of the email address without verification.");
      if (!isEmail(newEmail)) throw invalidParameter("Invalid email address format.");
      if (users.find(pool, newEmail)) throw aliasExists("An account with the given email already exists.");
    }
    users.setAttributes(user, attributes);
    if (newEmail === undefined) return {};
    const code = codes.create(user, "email-change");
    users.setPendingEmail(user, newEmail);
    const metadata = texts(input, "ClientMetadata");
    const delivery = await sendCode(user, client, code, "UpdateUserAttribute", metadata, newEmail);
    return { CodeDeliveryDetailsList: [delivery] };
  };

/** `VerifyUserAttribute`: uses up the code and replaces the email address by the pending one. */
export const verifyUserAttribute =
  (dependencies: EmailDependencies): Operation =>
  (input) => {
    const { users, pools, codes } = dependencies;
    const { user } = holder(input, dependencies);
    if (text(input, "AttributeName") !== "email")
      throw unknownOperation("The local cloud verifies only the attribute email.");
    codes.take(user, "email-change", text(input, "Code"));
    if (!users.applyPendingEmail(pools.pool(user.poolId), user))
      throw aliasExists("An account with the email already exists.");
    return {};
  };
