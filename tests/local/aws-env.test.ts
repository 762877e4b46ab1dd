import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ListEmailIdentitiesCommand, SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startCloudWithoutPages, type TestCloud } from "../cloud.ts";
import { mailTo, newEmail, newTodo, newUser, password, succeed, type TestUser, variable } from "../fixtures.ts";

let cloud: TestCloud;
let user: TestUser;
beforeAll(async () => {
  cloud = await startCloudWithoutPages();
  user = await newUser(cloud.env);
  for (const [name, value] of Object.entries(cloud.env)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await cloud.remove();
});

describe("a shell that has sourced aws.env", () => {
  it("reads and writes the table with the AWS SDK", async () => {
    const todo = await newTodo(cloud.env, user);
    const client = DynamoDBDocumentClient.from(new DynamoDBClient());
    const { Items = [] } = await client.send(new ScanCommand({ TableName: variable(cloud.env, "DAYBOOK_TABLE") }));
    expect(Items.map((item) => item.sk)).toContain(`TODO#${todo.id}`);
    for (const item of Items) expect(item).toHaveProperty("schemaVersion");
  });

  it("signs in with the scripts' client, whose refresh tokens cannot be used", async () => {
    const client = new CognitoIdentityProviderClient();
    const ClientId = variable(cloud.env, "DAYBOOK_USER_POOL_CLIENT_ID");
    const AuthParameters = { USERNAME: user.email, PASSWORD: password };
    const signedIn = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }),
    );
    await succeed(cloud.env, "getMe", { token: signedIn.AuthenticationResult?.AccessToken });
    const REFRESH_TOKEN = signedIn.AuthenticationResult?.RefreshToken ?? "";
    const renewal = new InitiateAuthCommand({
      ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN },
    });
    await expect(client.send(renewal)).rejects.toMatchObject({ name: "InvalidParameterException" });
    const exchange = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: REFRESH_TOKEN });
    await expect(client.send(exchange)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("sends email that the mailbox shows", async () => {
    const to = newEmail();
    const client = new SESv2Client();
    const { EmailIdentities = [] } = await client.send(new ListEmailIdentitiesCommand());
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: EmailIdentities[0]?.IdentityName,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "From a script" } } } },
      }),
    );
    expect(await mailTo(cloud.env, to)).toMatchObject([{ subject: "Hello", body: { text: "From a script" } }]);
  });

  it("reaches only this machine", () => {
    const urls = Object.entries(cloud.env).filter(
      ([name]) => name.startsWith("AWS_ENDPOINT_URL") || /^DAYBOOK_.*URL$/.test(name),
    );
    expect(urls.length).toBeGreaterThan(4);
    for (const [, url] of urls) expect(["127.0.0.1", "localhost"]).toContain(new URL(url).hostname);
  });
});
