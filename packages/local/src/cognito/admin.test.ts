import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, password, poolId, reader, startFixture } from "./test-pool.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

describe("administrator operations", () => {
  it("read, list, filter and delete users", async () => {
    const sub = await fixture.register("ada@example.com");
    await fixture.register("bob@example.com");
    const UserPoolId = poolId;
    const sdk = fixture.sdk();
    const user = await sdk.send(new AdminGetUserCommand({ UserPoolId, Username: "ADA@example.com" }));
    expect(user).toMatchObject({
      Username: sub,
      UserStatus: "CONFIRMED",
      Enabled: true,
      UserCreateDate: expect.any(Date),
    });
    const first = await sdk.send(new ListUsersCommand({ UserPoolId, Limit: 1 }));
    const second = await sdk.send(new ListUsersCommand({ UserPoolId, PaginationToken: first.PaginationToken }));
    expect([first.Users?.length, second.Users?.length, second.PaginationToken]).toEqual([1, 1, undefined]);
    const found = await sdk.send(new ListUsersCommand({ UserPoolId, Filter: 'email ^= "bob"' }));
    expect(found.Users?.map(({ Attributes }) => Attributes)).toEqual([
      expect.arrayContaining([{ Name: "email", Value: "bob@example.com" }]),
    ]);
    const { access } = await fixture.signIn("ada@example.com");
    await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: sub }));
    await expect(sdk.send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
    await fixture.register("ada@example.com");
  });

  it("paginate users correctly while users are deleted, and refuse an invalid token, filter or limit", async () => {
    const UserPoolId = poolId;
    const sdk = fixture.sdk();
    const emails = ["page1@example.com", "page2@example.com", "page3@example.com"];
    for (const email of emails) await fixture.register(email);
    const list = async (input: { Limit?: number; PaginationToken?: string; Filter?: string }) =>
      sdk.send(new ListUsersCommand({ UserPoolId, AttributesToGet: ["email"], ...input }));
    const Filter = 'email ^= "PAGE"';
    const first = await list({ Limit: 2, Filter });
    await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: first.Users?.[0]?.Username }));
    const second = await list({ Limit: 2, Filter, PaginationToken: first.PaginationToken ?? "" });
    const seen = [...(first.Users ?? []), ...(second.Users ?? [])].flatMap(({ Attributes }) => Attributes);
    expect(seen.map((attribute) => attribute?.Value).toSorted()).toEqual(emails);
    expect(second.PaginationToken).toBeUndefined();
    expect((await list({ Filter: 'cognito:user_status = "confirmed"' })).Users?.length).toBeGreaterThan(1);
    expect((await list({ Filter: 'name = ""' })).Users).toEqual([]);
    for (const wrong of [{ Filter: "email" }, { Filter: 'custom:role = "a"' }, { PaginationToken: "2" }, { Limit: 61 }])
      await expect(list(wrong)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("set a permanent password, and sign a user out of all sessions", async () => {
    const UserPoolId = poolId;
    const sdk = fixture.sdk();
    const Username = "set@example.com";
    await fixture.register(Username);
    const set = (Password: string, Permanent: boolean) =>
      sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent }));
    await expect(set("elevenchars", true)).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await expect(set(password, false)).rejects.toThrow("permanent passwords alone");
    await set(password, true);
    const { access, refresh } = await fixture.signIn(Username);
    await sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    await expect(sdk.send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
    const rotation = new GetTokensFromRefreshTokenCommand({ ClientId: "web", RefreshToken: refresh });
    await expect(sdk.send(rotation)).rejects.toMatchObject({ message: "Refresh Token has been revoked" });
    await fixture.signIn(Username);
  });

  it("describe the pool and its clients as in the graph", async () => {
    const sdk = fixture.sdk();
    const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool).toMatchObject({ Id: poolId, Name: "Users", Policies: { PasswordPolicy: { MinimumLength: 12 } } });
    expect((await sdk.send(new ListUserPoolsCommand({ MaxResults: 10 }))).UserPools).toHaveLength(1);
    expect((await sdk.send(new ListUserPoolClientsCommand({ UserPoolId: poolId }))).UserPoolClients).toHaveLength(4);
    const { UserPoolClient } = await sdk.send(
      new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: "web" }),
    );
    expect(UserPoolClient).toMatchObject({
      AccessTokenValidity: 900,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 },
    });
    await expect(sdk.send(new DescribeUserPoolCommand({ UserPoolId: "eu-west-1_Other" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("IAM authorization", () => {
  it("allows a role only what its policy grants", async () => {
    const limited = fixture.sdk(reader.credentials);
    await fixture.register("carol@example.com");
    const user = { UserPoolId: poolId, Username: "carol@example.com" };
    expect(await limited.send(new AdminGetUserCommand(user))).toHaveProperty("UserStatus", "CONFIRMED");
    await expect(limited.send(new AdminDeleteUserCommand(user))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        "is not authorized to perform: cognito-idp:AdminDeleteUser on resource: arn:aws:cognito-idp",
      ),
    });
    await expect(
      limited.send(new AdminGetUserCommand({ ...user, UserPoolId: "eu-west-1_Other" })),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it("refuses an administrator's call that is signed with an unknown key", async () => {
    await expect(
      fixture
        .sdk({ accessKeyId: "AKIANOBODY", secretAccessKey: "x" })
        .send(new ListUsersCommand({ UserPoolId: poolId })),
    ).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });
});

describe("the API endpoint", () => {
  it("names an unsupported operation in the error", async () => {
    const command = new GetUserAttributeVerificationCodeCommand({ AccessToken: "any", AttributeName: "email" });
    await expect(fixture.sdk().send(command)).rejects.toThrow(
      "does not support Cognito's operation GetUserAttributeVerificationCode",
    );
  });

  it("sends CORS headers with responses and errors", async () => {
    const headers = {
      "x-amz-target": "AWSCognitoIdentityProviderService.GetUser",
      "content-type": "application/x-amz-json-1.1",
    };
    const preflight = await fetch(fixture.cognito.url, { method: "OPTIONS" });
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toBe("*");
    const refused = await fetch(fixture.cognito.url, { method: "POST", headers, body: '{"AccessToken":"x"}' });
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect(refused.headers.get("x-amzn-errortype")).toBe("NotAuthorizedException");
    expect(await refused.json()).toEqual({ __type: "NotAuthorizedException", message: "Invalid Access Token" });
    const broken = await fetch(fixture.cognito.url, { method: "POST", headers, body: "[" });
    expect((await broken.json()).__type).toBe("SerializationException");
  });

  it("injects faults: an error before the operation, or a cut connection after it", async () => {
    const signUp = (Username: string) =>
      fixture.sdk().send(new SignUpCommand({ ClientId: "web", Username, Password: password }));
    fixture.cognito.faults.next({
      operation: "SignUp",
      error: { code: "TooManyRequestsException", message: "Rate exceeded" },
    });
    await expect(signUp("dora@example.com")).rejects.toMatchObject({ name: "TooManyRequestsException" });
    fixture.cognito.faults.next({ operation: "SignUp", when: "after", error: "cut" });
    await expect(signUp("dora@example.com")).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(signUp("dora@example.com")).rejects.toMatchObject({ name: "UsernameExistsException" });
  });
});
