import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { InvokeResult, Log, Principals } from "../emulator.ts";
import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { confirmationCodeOf } from "../mailbox/mail.ts";
import { type LocalMailbox, startMailbox } from "../mailbox/mailbox.ts";
import { type CognitoOptions, type LocalCognito, startCognito } from "./cognito.ts";

/** For tests: a pool with a client of each kind, behind real servers, with a clock that can be moved. */

export const poolId = "eu-west-1_Test12345";
export const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`;
export const password = "correct horse battery";
const account = "000000000000";
const poolArn = `arn:aws:cognito-idp:eu-west-1:${account}:userpool/${poolId}`;
const trigger = (name: string) => `arn:aws:lambda:eu-west-1:${account}:function:${name}`;
const shared = { userPoolId: poolId, accessTokenValidity: 15, tokenValidityUnits: { accessToken: "minutes" } };

const userPool = {
  usernameAttributes: ["email"],
  usernameConfiguration: { caseSensitive: false },
  autoVerifiedAttributes: ["email"],
  passwordPolicy: {
    minimumLength: 12,
    requireLowercase: false,
    requireNumbers: false,
    requireSymbols: false,
    requireUppercase: false,
  },
  verificationMessageTemplate: { emailSubject: "Your code", emailMessage: "Your code is {####}." },
};

const clients: readonly Resource[] = [
  {
    ...shared,
    name: "Web",
    id: "web",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    preventUserExistenceErrors: "ENABLED",
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
  },
  {
    ...shared,
    name: "Scripts",
    id: "scripts",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    readAttributes: ["email"],
    writeAttributes: ["email"],
  },
  { ...shared, name: "Closed", id: "closed", explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"], enableTokenRevocation: false },
];

export function graphOf(triggers: readonly string[], pool: Readonly<Record<string, unknown>> = {}): ResolvedGraph {
  const lambdaConfig = Object.fromEntries(triggers.map((name) => [name, trigger(name)]));
  const resources: Readonly<Record<string, readonly Resource[]>> = {
    "aws:cognito:UserPool": [{ ...userPool, ...pool, lambdaConfig, name: "Users", id: poolId, arn: poolArn }],
    "aws:cognito:UserPoolClient": clients,
  };
  return {
    app: "test",
    stage: "local",
    region: "eu-west-1",
    account,
    functions: [],
    routes: {},
    types: Object.keys(resources),
    all: (type) => resources[type] ?? [],
    functionOf: () => undefined,
  };
}

const role = (action: string) => [{ Effect: "Allow", Action: action, Resource: poolArn } as const];
export const principals: Principals = new Map([
  ["AKIADEVELOPER", { secretAccessKey: "secret", name: "developer", arn: `arn:aws:iam::${account}:user/developer` }],
  [
    "ASIAREADER",
    {
      secretAccessKey: "secret",
      name: "Reader",
      arn: `arn:aws:sts::${account}:assumed-role/reader/reader`,
      statements: role("cognito-idp:AdminGetUser"),
    },
  ],
]);

const quiet: Log = { info() {}, warn() {}, error() {} };

/** An event as a trigger gets it; what a function leaves in `response` goes back. */
export interface TriggerEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Record<string, unknown>;
}
export type TriggerFunction = (event: TriggerEvent, attempt: number) => Promise<InvokeResult> | InvokeResult;

export interface Fixture {
  readonly mailbox: LocalMailbox;
  readonly clock: { ms: number };
  /** Every event that a trigger was called with. */
  readonly events: TriggerEvent[];
  cognito: LocalCognito;
  /** As the developer, or with another principal's key. */
  sdk(accessKeyId?: string): CognitoIdentityProviderClient;
  restart(): Promise<void>;
  close(): Promise<void>;
  codeFor(email: string): Promise<string>;
  /** Signs up and confirms. @returns the user's sub */
  register(email: string): Promise<string>;
  signIn(email: string, clientId?: string): Promise<{ access: string; id: string; refresh: string }>;
}

export async function startFixture({
  triggers = {},
  pool,
  ...options
}: { triggers?: Readonly<Record<string, TriggerFunction>>; pool?: Readonly<Record<string, unknown>> } & Pick<
  CognitoOptions,
  "triggerLimitMs"
> = {}): Promise<Fixture> {
  const folder = mkdtempSync(path.join(tmpdir(), "cognito-"));
  const mailbox = await startMailbox({ dataFolder: folder, log: quiet });
  const clock = { ms: Date.now() };
  const events: TriggerEvent[] = [];
  const start = () =>
    startCognito({
      graph: graphOf(Object.keys(triggers), pool),
      principals,
      mailbox,
      dataFolder: folder,
      log: quiet,
      clock: { now: () => new Date(clock.ms) },
      invoker: {
        async invoke(reference, event) {
          // A function gets what JSON keeps of the event that Cognito made, whose shape the tests check.
          const own = JSON.parse(JSON.stringify(event)) as TriggerEvent;
          const attempt = events.push(own);
          const result = await triggers[reference.split(":").at(-1) ?? ""]?.(own, attempt);
          return result ?? { ok: true, result: own };
        },
      },
      ...options,
    });
  const clientsMade: CognitoIdentityProviderClient[] = [];
  const fixture: Fixture = {
    mailbox,
    clock,
    events,
    cognito: await start(),
    sdk(accessKeyId = "AKIADEVELOPER") {
      const credentials = { accessKeyId, secretAccessKey: "secret" };
      const client = new CognitoIdentityProviderClient({
        endpoint: fixture.cognito.url,
        region: "eu-west-1",
        credentials,
        maxAttempts: 1,
      });
      clientsMade.push(client);
      return client;
    },
    async restart() {
      await fixture.cognito.close();
      fixture.cognito = await start();
    },
    async close() {
      for (const client of clientsMade) client.destroy();
      await fixture.cognito.close();
      await mailbox.close();
      rmSync(folder, { recursive: true });
    },
    async codeFor(email) {
      const mail = await mailbox.waitFor((each) => each.destination.to.includes(email), 1000);
      return confirmationCodeOf(mail) ?? "no code";
    },
    async register(email) {
      const sdk = fixture.sdk();
      const { UserSub } = await sdk.send(new SignUpCommand({ ClientId: "web", Username: email, Password: password }));
      const ConfirmationCode = await fixture.codeFor(email);
      await sdk.send(new ConfirmSignUpCommand({ ClientId: "web", Username: email, ConfirmationCode }));
      return UserSub ?? "no sub";
    },
    async signIn(email, ClientId = "web") {
      const AuthParameters = { USERNAME: email, PASSWORD: password };
      const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
      const { AuthenticationResult: result } = await fixture.sdk().send(command);
      return { access: result?.AccessToken ?? "", id: result?.IdToken ?? "", refresh: result?.RefreshToken ?? "" };
    },
  };
  return fixture;
}
