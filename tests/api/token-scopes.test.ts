import {
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  DeleteUserCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, describe, expect, inject, it } from "vitest";
import { newEmail, newUser, password, send, succeed, variable } from "../fixtures.ts";
import { claimsOf } from "./tokens.ts";

const cloud = inject("cloud");
/** Cognito's public API, which anyone may call without credentials. */
const cognito = new CognitoIdentityProviderClient({
  endpoint: variable(cloud, "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"),
  region: variable(cloud, "AWS_REGION"),
  credentials: { accessKeyId: "nobody", secretAccessKey: "nothing" },
});
afterAll(() => cognito.destroy());

const Settings = { SoftwareTokenMfaSettings: { Enabled: false } };
const commandsWith = (AccessToken: string) => [
  new GetUserCommand({ AccessToken }),
  new ChangePasswordCommand({ AccessToken, PreviousPassword: password, ProposedPassword: "a new and longer one" }),
  new AssociateSoftwareTokenCommand({ AccessToken }),
  new VerifySoftwareTokenCommand({ AccessToken, UserCode: "123456" }),
  new SetUserMFAPreferenceCommand({ AccessToken, ...Settings }),
  new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value: newEmail() }] }),
  new DeleteUserCommand({ AccessToken }),
  new GlobalSignOutCommand({ AccessToken }),
];
const refusedForItsScope = { name: "NotAuthorizedException", message: "Access Token does not have required scopes" };

async function expectNothingOpens(token: string) {
  // The commands have no common type, so each is cast.
  for (const command of commandsWith(token))
    await expect(cognito.send(command as GetUserCommand)).rejects.toMatchObject(refusedForItsScope);
}

describe("an access token", () => {
  it("is valid for the API, and for no operation of Cognito's user API", async () => {
    const { token } = await newUser(cloud);
    expect(claimsOf(token).scope).toBe("daybook/api");
    await expectNothingOpens(token);
    await succeed(cloud, "getMe", { token });
  });

  it("has the same scope after a refresh", async () => {
    const { cookie } = await newUser(cloud);
    const { body } = await succeed(cloud, "refreshSession", { cookie });
    expect(claimsOf(body.accessToken).scope).toBe("daybook/api");
    await expectNothingOpens(body.accessToken);
  });

  it("has the same scope if a script gets it from Cognito directly", async () => {
    const { email } = await newUser(cloud);
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const ClientId = variable(cloud, "DAYBOOK_USER_POOL_CLIENT_ID");
    const signIn = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const token = (await cognito.send(signIn)).AuthenticationResult?.AccessToken ?? "";
    await expectNothingOpens(token);
    await succeed(cloud, "getMe", { token });
  });
});

describe("the web client, whose id is in every token", () => {
  it("cannot be used without its secret", async () => {
    const { email, token } = await newUser(cloud);
    const ClientId = String(claimsOf(token).client_id);
    const refused = { name: "NotAuthorizedException", message: expect.stringMatching(/Unable to verify/) };
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const signIn = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await expect(cognito.send(signIn)).rejects.toMatchObject(refused);
    const signUp = new SignUpCommand({ ClientId, Username: newEmail(), Password: password });
    await expect(cognito.send(signUp)).rejects.toMatchObject(refused);
    const refresh = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: "any" });
    await expect(cognito.send(refresh)).rejects.toMatchObject(refused);
  });
});

describe("an access token with only the scope of Cognito's user API", () => {
  it("is refused by the API", async () => {
    const answer = await send(cloud, "getMe", { token: "none" });
    expect(answer.status).toBe(401);
  });
});
