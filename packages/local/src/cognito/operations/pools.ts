import { resourceNotFound } from "../errors.ts";
import { text } from "../input.ts";
import type { Pool, PoolClient } from "../pools.ts";
import type { Operation, Services } from "./operation.ts";

type Dependencies = Pick<Services, "pools" | "users">;

const capitalised = (values: object) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );

const describePool = (pool: Pool, users: Services["users"]) => ({
  Id: pool.id,
  Name: pool.name,
  Arn: pool.arn,
  Policies: { PasswordPolicy: capitalised(pool.passwordPolicy) },
  LambdaConfig: capitalised(pool.triggers),
  AutoVerifiedAttributes: pool.verifiesEmail ? ["email"] : [],
  UsernameAttributes: pool.signInByEmail ? ["email"] : [],
  UsernameConfiguration: { CaseSensitive: pool.caseSensitive },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: !pool.selfSignUp },
  MfaConfiguration: pool.mfa,
  EstimatedNumberOfUsers: users.list(pool).length,
});

const describeClient = (client: PoolClient) => ({
  UserPoolId: client.pool.id,
  ClientId: client.id,
  ClientName: client.name,
  ExplicitAuthFlows: [...client.flows],
  AccessTokenValidity: client.accessTokenSeconds,
  IdTokenValidity: client.idTokenSeconds,
  RefreshTokenValidity: client.refreshTokenSeconds,
  TokenValidityUnits: { AccessToken: "seconds", IdToken: "seconds", RefreshToken: "seconds" },
  PreventUserExistenceErrors: client.hidesUserExistence ? "ENABLED" : "LEGACY",
  EnableTokenRevocation: client.revocable,
  RefreshTokenRotation:
    client.rotationGraceSeconds === undefined
      ? { Feature: "DISABLED" }
      : { Feature: "ENABLED", RetryGracePeriodSeconds: client.rotationGraceSeconds },
});

/** `DescribeUserPool` */
export const describeUserPool =
  ({ pools, users }: Dependencies): Operation =>
  (input) => ({ UserPool: describePool(pools.pool(text(input, "UserPoolId")), users) });

/** `ListUserPools`: returns all pools in one page, because a stage has few. */
export const listUserPools =
  ({ pools }: Pick<Dependencies, "pools">): Operation =>
  () => ({ UserPools: pools.all.map(({ id, name }) => ({ Id: id, Name: name })) });

/** `DescribeUserPoolClient` */
export const describeUserPoolClient =
  ({ pools }: Pick<Dependencies, "pools">): Operation =>
  (input) => {
    const client = pools.client(text(input, "ClientId"));
    if (client.pool !== pools.pool(text(input, "UserPoolId")))
      throw resourceNotFound(`User pool client ${client.id} does not exist.`);
    return { UserPoolClient: describeClient(client) };
  };

/** `ListUserPoolClients`: returns all clients in one page. */
export const listUserPoolClients =
  ({ pools }: Pick<Dependencies, "pools">): Operation =>
  (input) => {
    const pool = pools.pool(text(input, "UserPoolId"));
    const own = pools.clients.filter((client) => client.pool === pool);
    return { UserPoolClients: own.map(({ id, name }) => ({ ClientId: id, UserPoolId: pool.id, ClientName: name })) };
  };
