import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { IdentitySettings } from "./cognito/client.ts";

type Body = Record<string, unknown>;

/** A planned response that replaces the usual one. */
interface Planned {
  readonly operation: string;
  readonly status: number;
  readonly body: Body;
}

/** A held call. `arrived` resolves when the call has reached this point. */
export interface Hold {
  readonly arrived: Promise<void>;
  release(): void;
}

/** A local HTTP server with the operations of Cognito that accounts and sessions use. */
export interface TestUserPool {
  readonly identity: IdentitySettings;
  readonly sub: string;
  /** The code that a sign-in requires after the password. If undefined, no code is required. */
  secondFactor: string | undefined;
  /** The address of the user. */
  email: string;
  /** Names of all called operations, in order. */
  readonly calls: string[];
  /** Makes the next call of the operation fail with this error of Cognito. */
  refuseNext(operation: string, error: string, status?: number, message?: string): void;
  /** Makes the next call of the operation return this body. */
  answerNext(operation: string, body: Body): void;
  /**
   * Holds the next call of the operation until it is released: before it is processed, or before its response is sent.
   */
  holdNext(operation: string, when: "before" | "after"): Hold;
  /** Ends the grace period of all replaced refresh tokens. */
  endGrace(): void;
  /** Revokes all refresh tokens. */
  revokeAll(): void;
  /** Returns whether this refresh token is valid. */
  accepts(refreshToken: string): boolean;
  /** Returns whether any refresh token is valid. */
  acceptsAny(): boolean;
  close(): Promise<void>;
}

export async function startTestUserPool(): Promise<TestUserPool> {
  const sub = randomUUID();
  const valid = new Set<string>();
  const replaced = new Set<string>();
  const calls: string[] = [];
  const planned: Planned[] = [];
  let newEmail = "";
  const holds = new Map<string, { arrive(): void; readonly released: Promise<void> }>();

  const issue = (): Body => {
    const refreshToken = randomUUID();
    valid.add(refreshToken);
    const payload = Buffer.from(JSON.stringify({ sub, jti: randomUUID() })).toString("base64url");
    return { AuthenticationResult: { AccessToken: `h.${payload}.s`, ExpiresIn: 900, RefreshToken: refreshToken } };
  };
  const refused: [number, Body] = [400, { __type: "NotAuthorizedException", message: "Refused" }];
  const challenge = () => ({
    ChallengeName: "SOFTWARE_TOKEN_MFA",
    Session: `session of ${sub}`,
    ChallengeParameters: { USER_ID_FOR_SRP: sub },
  });
  const operations: Record<string, (input: Body) => [number, Body]> = {
    InitiateAuth: () => [200, pool.secondFactor === undefined ? issue() : challenge()],
    RespondToAuthChallenge({ Session, ChallengeResponses }) {
      const { USERNAME, SOFTWARE_TOKEN_MFA_CODE } = Object(ChallengeResponses);
      if (Session !== challenge().Session || USERNAME !== sub) return refused;
      return SOFTWARE_TOKEN_MFA_CODE === pool.secondFactor
        ? [200, issue()]
        : [400, { __type: "CodeMismatchException" }];
    },
    UpdateUserAttributes({ UserAttributes }) {
      newEmail = String(Object(Object(UserAttributes)[0]).Value);
      return [200, {}];
    },
    VerifyUserAttribute() {
      pool.email = newEmail;
      return [200, {}];
    },
    AssociateSoftwareToken: () => [200, { SecretCode: "MZXW6YTBOI" }],
    VerifySoftwareToken: () => [200, { Status: "SUCCESS" }],
    GetTokensFromRefreshToken: ({ RefreshToken }) => {
      const token = String(RefreshToken);
      if (!valid.has(token)) return refused;
      replaced.add(token);
      return [200, issue()];
    },
    RevokeToken: ({ Token }) => {
      valid.delete(String(Token));
      return [200, {}];
    },
    GetUser: () => [
      200,
      {
        Username: sub,
        UserAttributes: [{ Name: "email", Value: pool.email }],
        ...(pool.secondFactor !== undefined && { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }),
      },
    ],
    SignUp: () => [200, { UserSub: sub }],
    ConfirmSignUp: () => [200, {}],
    ResendConfirmationCode: () => [200, {}],
    ForgotPassword: () => [200, {}],
    ConfirmForgotPassword: () => [200, {}],
    AdminGetUser: () => [
      200,
      {
        Username: sub,
        UserAttributes: [
          { Name: "sub", Value: sub },
          { Name: "email", Value: pool.email },
        ],
        ...(pool.secondFactor !== undefined && { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }),
      },
    ],
    ListUserPoolClients: () => [
      200,
      { UserPoolClients: ["Web", "Server"].map((name) => ({ ClientId: name.toLowerCase(), ClientName: name })) },
    ],
    AdminSetUserPassword: () => [200, {}],
    AdminSetUserMFAPreference({ SoftwareTokenMfaSettings }) {
      pool.secondFactor = Object(SoftwareTokenMfaSettings).Enabled === true ? "123456" : undefined;
      return [200, {}];
    },
    AdminUserGlobalSignOut: () => {
      valid.clear();
      return [200, {}];
    },
    AdminDeleteUser: () => {
      valid.clear();
      return [200, {}];
    },
  };

  const passed = async (operation: string, when: string) => {
    const key = `${operation} ${when}`;
    const hold = holds.get(key);
    holds.delete(key);
    hold?.arrive();
    await hold?.released;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    calls.push(operation);
    await passed(operation, "before");
    const index = planned.findIndex((plan) => plan.operation === operation);
    const [plan] = index < 0 ? [] : planned.splice(index, 1);
    const [status, body] = plan
      ? [plan.status, plan.body]
      : (operations[operation]?.(JSON.parse(Buffer.concat(chunks).toString())) ?? refused);
    await passed(operation, "after");
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;

  const pool: TestUserPool = {
    secondFactor: undefined,
    email: "ada@example.com",
    identity: {
      endpoint: () => `http://127.0.0.1:${port}`,
      userPoolId: () => "eu-west-1_test",
      aws: () => ({
        region: "eu-west-1",
        credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret", sessionToken: "token" },
      }),
      web: { id: () => "web", secret: () => "web secret" },
      server: { id: () => "server", secret: () => "server secret" },
    },
    sub,
    calls,
    refuseNext: (operation, error, status = 400, message = error) =>
      planned.push({ operation, status, body: { __type: error, message } }),
    answerNext: (operation, body) => planned.push({ operation, status: 200, body }),
    holdNext(operation, when) {
      const arrival = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      holds.set(`${operation} ${when}`, { arrive: arrival.resolve, released: release.promise });
      return { arrived: arrival.promise, release: release.resolve };
    },
    endGrace() {
      for (const token of replaced) valid.delete(token);
    },
    revokeAll: () => valid.clear(),
    accepts: (refreshToken) => valid.has(refreshToken),
    acceptsAny: () => valid.size > 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return pool;
}
