import { scopesOf } from "@daybook/core/account/cognito/token-scopes";
import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { poolOf } from "./pool.ts";
import { trigger } from "./trigger.ts";

/** Sets the scopes of an access token, at sign-in and at each refresh. If it fails, Cognito issues no token. */
export const handler = trigger("preTokenGeneration", async (event: PreTokenGenerationV2TriggerEvent) => {
  const accessTokenGeneration = await scopesOf(poolOf(event), event.callerContext.clientId);
  event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration } };
});
