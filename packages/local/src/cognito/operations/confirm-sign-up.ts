import { checkSecretHash } from "../credentials/client-secrets.ts";
import { expiredCode, invalidParameter, notAuthorized, userNotFound } from "../errors.ts";
import { optionalText, text, texts } from "../input.ts";
import { deliveryTo } from "../mailer.ts";
import type { PoolClient } from "../pools.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { Operation, Services } from "./operation.ts";

/** The error for an unknown user, for clients that do not hide whether a user exists. */
export const unknownUser = () => userNotFound("Username/client id combination not found.");

/**
 * `ConfirmSignUp`: confirms the user before the PostConfirmation trigger runs. The user remains confirmed if the
 * trigger fails.
 */
export const confirmSignUp =
  ({ pools, users, codes, runTrigger }: Pick<Services, "pools" | "users" | "codes" | "runTrigger">): Operation =>
  async (input) => {
    const client = pools.client(text(input, "ClientId"));
    const { pool } = client;
    const name = text(input, "Username");
    checkSecretHash(client, name, optionalText(input, "SecretHash"));
    const user = users.find(pool, name);
    const code = text(input, "ConfirmationCode");
    if (!user)
      throw client.hidesUserExistence
        ? expiredCode("Invalid code provided, please request a code again.")
        : unknownUser();
    if (user.status !== "UNCONFIRMED")
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    codes.take(user, "sign-up", code);
    const confirmed = users.confirm(user, { email_verified: "true" });
    await runTrigger("postConfirmation", {
      source: "ConfirmSignUp",
      pool,
      clientId: client.id,
      username: confirmed.username,
      userAttributes: attributesForTrigger(confirmed),
      clientMetadata: texts(input, "ClientMetadata"),
    });
    return {};
  };

/**
 * Response for an unknown user. A client that hides whether a user exists gets the same response as for a known user.
 */
function responseForUnknown(client: PoolClient, name: string): object {
  if (!client.hidesUserExistence) throw unknownUser();
  return { CodeDeliveryDetails: deliveryTo(name) };
}

/** `ResendConfirmationCode` */
export const resendConfirmationCode =
  ({ pools, users, codes, sendCode }: Pick<Services, "pools" | "users" | "codes" | "sendCode">): Operation =>
  async (input) => {
    const client = pools.client(text(input, "ClientId"));
    const name = text(input, "Username");
    checkSecretHash(client, name, optionalText(input, "SecretHash"));
    const user = users.find(client.pool, name);
    if (!user) return responseForUnknown(client, name);
    if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
    if (!client.pool.verifiesEmail || !user.attributes.email)
      throw invalidParameter("Auto verification not turned on.");
    const code = codes.create(user, "sign-up");
    const delivery = await sendCode(user, client, code, "ResendCode", texts(input, "ClientMetadata"));
    return { CodeDeliveryDetails: delivery };
  };
