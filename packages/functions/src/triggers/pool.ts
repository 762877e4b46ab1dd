import type { AdminSettings } from "@daybook/core/account/cognito/client";
import { triggerCallMilliseconds } from "@daybook/core/call-limits";
import { resources } from "../resources.ts";

/**
 * Returns the pool that called a trigger. Only the event can name it: the pool depends on the function, so the function
 * cannot be linked to the pool.
 */
export const poolOf = ({ userPoolId }: { readonly userPoolId: string }): AdminSettings => ({
  endpoint: resources.cognitoEndpoint,
  userPoolId: () => userPoolId,
  aws: resources.aws,
  timeoutMilliseconds: triggerCallMilliseconds,
});
