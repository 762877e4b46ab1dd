import { checkSecretHash } from "../credentials/client-secrets.ts";
import { checkPassword, hashPassword, isPassword } from "../credentials/passwords.ts";
import { codeMismatch, invalidParameter, limitExceeded, notAuthorized } from "../errors.ts";
import { optionalText, passwordText, text, texts } from "../input.ts";
import { deliveryTo } from "../mailer.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import { unknownUser } from "./confirm-sign-up.ts";
import { type HolderDependencies, holder } from "./current-user.ts";
import type { Operation, Services } from "./operation.ts";

/** Whether a reset code can be sent: only to a verified email address. */
const canRecover = (user: User) => user.attributes.email_verified === "true";

/** `ForgotPassword`: a client that hides whether a user exists gets the same response for every name. */
export const forgotPassword =
  ({ pools, users, codes, sendCode }: Pick<Services, "pools" | "users" | "codes" | "sendCode">): Operation =>
  async (input) => {
    const client = pools.client(text(input, "ClientId"));
    const name = text(input, "Username");
    checkSecretHash(client, name, optionalText(input, "SecretHash"));
    if (!client.pool.selfRecovery) throw notAuthorized("Contact administrator to reset password.");
    const user = users.find(client.pool, name);
    if (!user || !canRecover(user)) {
      if (client.hidesUserExistence) return { CodeDeliveryDetails: deliveryTo(name) };
      if (!user) throw unknownUser();
      throw invalidParameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
      );
    }
    const code = codes.create(user, "reset");
    const delivery = await sendCode(user, client, code, "ForgotPassword", texts(input, "ClientMetadata"));
    return { CodeDeliveryDetails: delivery };
  };

/**
 * `ConfirmForgotPassword`: uses up the code and sets the password before the PostConfirmation trigger runs. Both remain
 * in effect if the trigger fails. Existing tokens remain valid.
 */
export const confirmForgotPassword =
  ({ pools, users, codes, runTrigger }: Pick<Services, "pools" | "users" | "codes" | "runTrigger">): Operation =>
  async (input) => {
    const client = pools.client(text(input, "ClientId"));
    const { pool } = client;
    const name = text(input, "Username");
    checkSecretHash(client, name, optionalText(input, "SecretHash"));
    const user = users.find(pool, name);
    const code = text(input, "ConfirmationCode");
    const password = passwordText(input, "Password");
    if (!user)
      throw client.hidesUserExistence
        ? codeMismatch("Invalid verification code provided, please try again.")
        : unknownUser();
    checkPassword(password, pool.passwordPolicy);
    const passwordHash = await hashPassword(password);
    // No await between these two calls, so only one of two requests with the same code succeeds.
    codes.take(user, "reset", code);
    users.setPassword(user, passwordHash);
    await runTrigger("postConfirmation", {
      source: "ConfirmForgotPassword",
      pool,
      clientId: client.id,
      username: user.username,
      userAttributes: attributesForTrigger(user),
      clientMetadata: texts(input, "ClientMetadata"),
    });
    return {};
  };

/** `ChangePassword`: requires an access token and the current password. Existing tokens remain valid. */
export const changePassword =
  (dependencies: HolderDependencies & Pick<Services, "lockout">): Operation =>
  async (input) => {
    const { pools, users, lockout } = dependencies;
    const { user } = holder(input, dependencies);
    const proposed = passwordText(input, "ProposedPassword");
    const previous = passwordText(input, "PreviousPassword");
    if (lockout.rests(user)) throw limitExceeded("Attempt limit exceeded, please try after some time.");
    if (!(await isPassword(previous, user.passwordHash))) {
      lockout.failed(user);
      throw notAuthorized("Incorrect username or password.");
    }
    checkPassword(proposed, pools.pool(user.poolId).passwordPolicy);
    users.setPassword(user, await hashPassword(proposed));
    return {};
  };
