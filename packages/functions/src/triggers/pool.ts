import type { AdminSettings } from "@daybook/core/account/cognito/client";
import { triggerCallMilliseconds } from "@daybook/core/call-limits";
import { resources } from "../resources.ts";

/** The pool that calls a trigger. Only the event can name it: the pool depends on the function. */
export const poolOf = ({ userPoolId }: { readonly userPoolId: string }): AdminSettings => ({
  endpoint: resources.cognitoEndpoint,
  userPoolId: () => userPoolId,
  aws: resources.aws,
  timeoutMilliseconds: triggerCallMilliseconds,
});
