import { randomUUID } from "node:crypto";
import { checkSecretHash } from "../credentials/client-secrets.ts";
import { checkPassword, hashPassword } from "../credentials/passwords.ts";
import { invalidParameter, notAuthorized, usernameExists } from "../errors.ts";
import { attributesOf, type Input, optionalText, passwordText, text, texts } from "../input.ts";
import type { PoolClient } from "../pools.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import type { Operation, Services } from "./operation.ts";

type Dependencies = Pick<Services, "pools" | "users" | "codes" | "runTrigger" | "sendCode">;

export const isEmail = (name: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name);

/** @throws NotAuthorizedException for an attribute that users may not write through this client */
export function assertWritable(attributes: Readonly<Record<string, string>>, { writable }: PoolClient): void {
  const isWritable = (name: string) => !["email_verified", "sub"].includes(name) && (writable?.has(name) ?? true);
  if (!Object.keys(attributes).every(isWritable))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}

/** Returns the attributes of a new user. They include `email` if users sign in with their email address. */
function givenAttributes(input: Input, client: PoolClient, login: string): Record<string, string> {
  const { pool } = client;
  const { sub: _, ...attributes } = attributesOf(input, "UserAttributes");
  assertWritable(attributes, client);
  if (!pool.signInByEmail) return attributes;
  if (!isEmail(login)) throw invalidParameter("Username should be an email.");
  return { ...attributes, email: login };
}

/** Runs the PreSignUp trigger, which can refuse the user, confirm the user, or mark the address as verified. */
async function preSignUp(input: Input, client: PoolClient, user: User, { runTrigger }: Dependencies) {
  const response = await runTrigger("preSignUp", {
    source: "SignUp",
    pool: client.pool,
    clientId: client.id,
    username: user.username,
    userAttributes: user.attributes,
    clientMetadata: texts(input, "ClientMetadata"),
    request: { validationData: attributesOf(input, "ValidationData") },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return { confirmed: response?.autoConfirmUser === true, verified: response?.autoVerifyEmail === true };
}

/** Mails a code to an unconfirmed user. For a user that PreSignUp confirmed, runs PostConfirmation instead. */
async function welcome(input: Input, client: PoolClient, user: User, { codes, runTrigger, sendCode }: Dependencies) {
  const clientMetadata = texts(input, "ClientMetadata");
  if (user.status === "CONFIRMED") {
    const { pool, id: clientId } = client;
    const userAttributes = attributesForTrigger(user);
    const { username } = user;
    await runTrigger("postConfirmation", {
      source: "ConfirmSignUp",
      pool,
      clientId,
      username,
      userAttributes,
      clientMetadata,
    });
    return undefined;
  }
  if (!client.pool.verifiesEmail || !user.attributes.email) return undefined;
  return sendCode(user, client, codes.create(user, "sign-up"), "SignUp", clientMetadata);
}

/** `SignUp` */
export const signUp =
  (dependencies: Dependencies): Operation =>
  async (input) => {
    const { pools, users } = dependencies;
    const client = pools.client(text(input, "ClientId"));
    const { pool } = client;
    const login = text(input, "Username");
    checkSecretHash(client, login, optionalText(input, "SecretHash"));
    const password = passwordText(input, "Password");
    if (!pool.selfSignUp) throw notAuthorized("SignUp is not permitted for this user pool");
    const attributes = givenAttributes(input, client, login);
    checkPassword(password, pool.passwordPolicy);
    const taken = () =>
      usernameExists(pool.signInByEmail ? "An account with the given email already exists." : "User already exists");
    if (users.find(pool, login)) throw taken();

    const sub = randomUUID();
    const username = pool.signInByEmail ? sub : login;
    const blank = {
      poolId: pool.id,
      username,
      sub,
      status: "UNCONFIRMED",
      attributes,
      createdAt: 0,
      modifiedAt: 0,
    } as const;
    const vouched = await preSignUp(input, client, { ...blank, passwordHash: "" }, dependencies);
    const user: User = {
      ...blank,
      status: vouched.confirmed ? "CONFIRMED" : "UNCONFIRMED",
      attributes: { ...attributes, ...(attributes.email && { email_verified: String(vouched.verified) }) },
      passwordHash: await hashPassword(password),
    };
    if (!users.create(pool, login, user)) throw taken();
    const delivery = await welcome(input, client, user, dependencies);
    return { UserConfirmed: vouched.confirmed, UserSub: sub, ...(delivery && { CodeDeliveryDetails: delivery }) };
  };
