import type { PoolClient } from "../pools.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import { issueTokens } from "./issue.ts";
import type { Services } from "./operation.ts";

export type SignInDependencies = Pick<Services, "lockout" | "sessions" | "tokens" | "runTrigger">;

/** Completes the sign-in of a user who has passed the password and all challenges. */
export async function completeSignIn(
  user: User,
  client: PoolClient,
  clientMetadata: Readonly<Record<string, string>>,
  dependencies: SignInDependencies,
): Promise<object> {
  const { lockout, sessions, runTrigger } = dependencies;
  lockout.succeeded(user);
  await runTrigger("postAuthentication", {
    source: "Authentication",
    pool: client.pool,
    clientId: client.id,
    username: user.username,
    userAttributes: attributesForTrigger(user),
    clientMetadata,
    request: { newDeviceUsed: false },
  });
  const { session, refreshToken } = sessions.start(user, client);
  return issueTokens(dependencies, { user, client, session, refreshToken, source: "Authentication", clientMetadata });
}
