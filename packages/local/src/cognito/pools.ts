import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { type JsonObject, list, number, object, text, texts } from "../json.ts";
import type { Log } from "../service-types.ts";
import { resourceNotFound } from "./errors.ts";
import { supportedTriggers, type TriggerName } from "./triggers/trigger-names.ts";

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly requireUppercase: boolean;
}

/** A user pool of the graph, with Cognito's defaults for settings that the graph omits. */
export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly issuer: string;
  /** Whether users sign in with their email address. If not, they sign in with a user name that they choose. */
  readonly signInByEmail: boolean;
  readonly caseSensitive: boolean;
  readonly verifiesEmail: boolean;
  /** Whether the current email address stays valid until a new one is verified. */
  readonly verifiesBeforeUpdate: boolean;
  readonly selfSignUp: boolean;
  /** Whether users can reset a forgotten password themselves. */
  readonly selfRecovery: boolean;
  readonly passwordPolicy: PasswordPolicy;
  /** Whether multi-factor authentication is off, optional for each user, or required. */
  readonly mfa: "OFF" | "OPTIONAL" | "ON";
  /** Whether the second factor can be a code of an authenticator app (TOTP). */
  readonly softwareToken: boolean;
  readonly mail: {
    readonly from: string;
    readonly subject: string;
    readonly message: string;
    /** Whether the pool sends through SES (`DEVELOPER`). Cognito's default mailer accepts no custom messages. */
    readonly throughSes: boolean;
  };
  readonly triggers: Readonly<Partial<Record<TriggerName, string>>>;
  /** Event version of the PreTokenGeneration trigger. Version 2 can also change the scopes of access tokens. */
  readonly preTokenGenerationVersion: "1" | "2";
  readonly resource: Resource;
}

export interface PoolClient {
  readonly id: string;
  readonly name: string;
  readonly pool: Pool;
  /** Secret of a confidential client. Undefined for a public client. */
  readonly secret: string | undefined;
  readonly flows: ReadonlySet<string>;
  readonly hidesUserExistence: boolean;
  /** Attributes that a user can read or write through this client. Undefined means all of them. */
  readonly readable: ReadonlySet<string> | undefined;
  readonly writable: ReadonlySet<string> | undefined;
  readonly revocable: boolean;
  /**
   * Seconds for which a refresh token remains valid after its rotation. Undefined if the client does not rotate tokens.
   */
  readonly rotationGraceSeconds: number | undefined;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** Seconds that a user has to answer a challenge of the sign-in. */
  readonly challengeSeconds: number;
  readonly resource: Resource;
}

export interface Pools {
  readonly all: readonly Pool[];
  readonly clients: readonly PoolClient[];
  /** @throws ResourceNotFoundException */
  pool(id: string): Pool;
  /** @throws ResourceNotFoundException */
  client(id: string): PoolClient;
}

/** Returns a nested block of the graph. Pulumi writes some blocks as lists with one element. */
const block = (input: JsonObject, name: string): JsonObject => object(list(input[name])[0] ?? input[name]);
/** Returns a string of the graph, or undefined if it is missing or empty. */
const word = (input: JsonObject, name: string) => text(input[name]) || undefined;

const unitSeconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Seconds for which a kind of token is valid. 0 or a missing value means Cognito's default. */
function validity(resource: Resource, kind: "access" | "id" | "refresh"): number {
  const fallback = kind === "refresh" ? 30 * 86_400 : 3600;
  const amount = number(resource[`${kind}TokenValidity`]);
  if (!amount) return fallback;
  const unit = word(block(resource, "tokenValidityUnits"), `${kind}Token`);
  return amount * (unitSeconds[unit ?? (kind === "refresh" ? "days" : "hours")] ?? 1);
}

function passwordPolicyOf(resource: Resource): PasswordPolicy {
  const policy = block(resource, "passwordPolicy");
  const given = Object.keys(policy).length > 0;
  const requires = (name: string) => (given ? policy[name] === true : true);
  return {
    minimumLength: number(policy.minimumLength) ?? 8,
    requireLowercase: requires("requireLowercase"),
    requireNumbers: requires("requireNumbers"),
    requireSymbols: requires("requireSymbols"),
    requireUppercase: requires("requireUppercase"),
  };
}

const recoveryOf = (resource: Resource) =>
  list(block(resource, "accountRecoverySetting").recoveryMechanisms).map((mechanism) => text(object(mechanism).name));

function mailOf(resource: Resource): Pool["mail"] {
  const template = block(resource, "verificationMessageTemplate");
  return {
    from: word(block(resource, "emailConfiguration"), "fromEmailAddress") ?? "no-reply@verificationemail.com",
    subject: word(template, "emailSubject") ?? word(resource, "emailVerificationSubject") ?? "Your verification code",
    message:
      word(template, "emailMessage") ??
      word(resource, "emailVerificationMessage") ??
      "Your confirmation code is {####}",
    throughSes: word(block(resource, "emailConfiguration"), "emailSendingAccount") === "DEVELOPER",
  };
}

function secondFactorOf(resource: Resource): Pick<Pool, "mfa" | "softwareToken"> {
  const asked = resource.mfaConfiguration;
  const mfa = asked === "ON" || asked === "OPTIONAL" ? asked : "OFF";
  return { mfa, softwareToken: mfa !== "OFF" && block(resource, "softwareTokenMfaConfiguration").enabled === true };
}

function poolOf(resource: Resource, region: string): Pool {
  const byEmail = texts(resource.usernameAttributes).includes("email");
  const lambdas = block(resource, "lambdaConfig");
  const tokenGeneration = block(lambdas, "preTokenGenerationConfig");
  const triggers = supportedTriggers.flatMap((name) => {
    const reference = (name === "preTokenGeneration" && word(tokenGeneration, "lambdaArn")) || word(lambdas, name);
    return reference ? [[name, reference] as const] : [];
  });
  return {
    id: resource.id,
    name: word(resource, "name") ?? resource.name,
    arn: resource.arn ?? resource.id,
    region,
    issuer: `https://cognito-idp.${region}.amazonaws.com/${resource.id}`,
    signInByEmail: byEmail,
    caseSensitive: block(resource, "usernameConfiguration").caseSensitive === true,
    verifiesEmail: texts(resource.autoVerifiedAttributes).includes("email"),
    verifiesBeforeUpdate: texts(
      block(resource, "userAttributeUpdateSettings").attributesRequireVerificationBeforeUpdates,
    ).includes("email"),
    selfSignUp: block(resource, "adminCreateUserConfig").allowAdminCreateUserOnly !== true,
    selfRecovery: !recoveryOf(resource).includes("admin_only"),
    passwordPolicy: passwordPolicyOf(resource),
    ...secondFactorOf(resource),
    mail: mailOf(resource),
    triggers: Object.fromEntries(triggers),
    preTokenGenerationVersion: tokenGeneration.lambdaVersion === "V2_0" ? "2" : "1",
    resource,
  };
}

const setOf = (names: string[]) => (names.length > 0 ? new Set(names) : undefined);

function clientOf(resource: Resource, pools: readonly Pool[]): PoolClient | undefined {
  const pool = pools.find(({ id }) => id === resource.userPoolId);
  if (!pool) return undefined;
  const rotation = block(resource, "refreshTokenRotation");
  const flows = texts(resource.explicitAuthFlows);
  return {
    id: resource.id,
    name: word(resource, "inputName") ?? resource.name,
    pool,
    secret: resource.generateSecret === true ? text(resource.clientSecret) : undefined,
    flows: new Set(flows.length > 0 ? flows : ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]),
    hidesUserExistence: resource.preventUserExistenceErrors === "ENABLED",
    readable: setOf(texts(resource.readAttributes)),
    writable: setOf(texts(resource.writeAttributes)),
    revocable: resource.enableTokenRevocation !== false,
    rotationGraceSeconds: rotation.feature === "ENABLED" ? (number(rotation.retryGracePeriodSeconds) ?? 0) : undefined,
    accessTokenSeconds: validity(resource, "access"),
    idTokenSeconds: validity(resource, "id"),
    refreshTokenSeconds: validity(resource, "refresh"),
    challengeSeconds: (number(resource.authSessionValidity) || 3) * 60,
    resource,
  };
}

/** Warns about settings of a pool that are not supported here, and throws for an unsupported event version. */
function reportDifferences(pools: readonly Pool[], log: Log): void {
  for (const { name, resource } of pools) {
    const lambdas = block(resource, "lambdaConfig");
    const known = [...supportedTriggers, "preTokenGenerationConfig"];
    for (const [trigger] of Object.entries(lambdas).filter(([each, reference]) => reference && !known.includes(each)))
      log.warn("cognito", `${name}: the trigger ${trigger} is not supported and never runs`);
    const version = word(block(lambdas, "preTokenGenerationConfig"), "lambdaVersion") ?? "V1_0";
    if (version !== "V1_0" && version !== "V2_0")
      throw new Error(`${name}: version ${version} of the trigger preTokenGeneration is not supported`);
    if (word(block(resource, "verificationMessageTemplate"), "defaultEmailOption") === "CONFIRM_WITH_LINK")
      log.warn("cognito", `${name}: confirmation by link is not supported, so a code is mailed`);
  }
}

/** Reads the user pools of the graph and their clients. */
export function poolsOf(graph: ResolvedGraph, log: Log): Pools {
  const all = graph.all("aws:cognito:UserPool").map((resource) => poolOf(resource, graph.region));
  const clients = graph
    .all("aws:cognito:UserPoolClient")
    .map((resource) => clientOf(resource, all))
    .filter((client) => client !== undefined);
  reportDifferences(all, log);
  return {
    all,
    clients,
    pool(id) {
      const found = all.find((pool) => pool.id === id);
      if (!found) throw resourceNotFound(`User pool ${id} does not exist.`);
      return found;
    },
    client(id) {
      const found = clients.find((client) => client.id === id);
      if (!found) throw resourceNotFound(`User pool client ${id} does not exist.`);
      return found;
    },
  };
}
