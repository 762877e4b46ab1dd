import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Resource } from "../graph/graph.ts";
import { confirmationCodeOf } from "../mailbox/mail.ts";
import { type LocalMailbox, startMailbox } from "../mailbox/mailbox.ts";
import type { InvokeResult, Principals } from "../service-types.ts";
import { account, callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type CognitoOptions, type LocalCognito, startCognito } from "./cognito.ts";

/** Test fixture: a pool with one client of each kind, real local servers, and a clock that tests can set. */

export const poolId = "eu-west-1_Test12345";
export const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`;
export const password = "correct horse battery";
export const clientSecret = "a secret of forty-eight characters, or some such";
const poolArn = `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`;
const trigger = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;
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
  {
    ...shared,
    name: "Server",
    id: "server",
    generateSecret: true,
    clientSecret,
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  },
  { ...shared, name: "Closed", id: "closed", explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"], enableTokenRevocation: false },
];

const userGraph = (
  triggers: readonly string[],
  pool: Readonly<Record<string, unknown>> = {},
  tokenVersion?: "V2_0",
) => {
  const functions = Object.fromEntries(triggers.map((name) => [name, trigger(name)]));
  const lambdaConfig = tokenVersion
    ? { preTokenGenerationConfig: { lambdaArn: functions.preTokenGeneration, lambdaVersion: tokenVersion } }
    : functions;
  return graphOf({
    "aws:cognito:UserPool": [{ ...userPool, ...pool, lambdaConfig, name: "Users", id: poolId, arn: poolArn }],
    "aws:cognito:UserPoolClient": clients,
  });
};

const developer = callerOf("developer");
/** A caller that may only call `AdminGetUser`. */
export const reader = callerOf("reader", [{ Effect: "Allow", Action: "cognito-idp:AdminGetUser", Resource: poolArn }]);
const principals: Principals = new Map([developer.entry, reader.entry]);

/** An event as a trigger receives it. The function returns it with its changes in `response`. */
export interface TriggerEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Record<string, unknown>;
}
export type TriggerFunction = (event: TriggerEvent, attempt: number) => Promise<InvokeResult> | InvokeResult;

export interface Fixture {
  /** Folder with the pool's data. */
  readonly folder: string;
  readonly mailbox: LocalMailbox;
  readonly clock: { ms: number };
  /** All events that triggers were invoked with. */
  readonly events: TriggerEvent[];
  cognito: LocalCognito;
  /** Returns an SDK client that signs as the developer, or with the given credentials. */
  sdk(credentials?: { accessKeyId: string; secretAccessKey: string }): CognitoIdentityProviderClient;
  restart(): Promise<void>;
  close(): Promise<void>;
  codeFor(email: string): Promise<string>;
  /**
   * Signs up and confirms a user.
   * @returns the user's sub
   */
  register(email: string): Promise<string>;
  signIn(email: string, clientId?: string): Promise<{ access: string; id: string; refresh: string }>;
}

export async function startFixture({
  triggers = {},
  pool,
  tokenVersion,
  ...options
}: {
  triggers?: Readonly<Record<string, TriggerFunction>>;
  pool?: Readonly<Record<string, unknown>>;
  /** Event version of PreTokenGeneration. If it is set, the pool has no other trigger. */
  tokenVersion?: "V2_0";
} & Pick<CognitoOptions, "triggerLimitMs"> = {}): Promise<Fixture> {
  const { folder, remove } = temporaryFolder();
  const log = keptLog();
  const mailbox = await startMailbox({ dataFolder: folder, log });
  const clock = { ms: Date.now() };
  const events: TriggerEvent[] = [];
  const start = () =>
    startCognito({
      graph: userGraph(Object.keys(triggers), pool, tokenVersion),
      principals,
      mailbox,
      dataFolder: folder,
      log,
      clock: { now: () => new Date(clock.ms) },
      invoker: {
        async invoke(reference, event) {
          // A Lambda function receives the event as JSON, so convert it. The tests check the shape of the event.
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
    folder,
    mailbox,
    clock,
    events,
    cognito: await start(),
    sdk(credentials = developer.credentials) {
      const client = new CognitoIdentityProviderClient({
        endpoint: fixture.cognito.url,
        region,
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
      remove();
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
