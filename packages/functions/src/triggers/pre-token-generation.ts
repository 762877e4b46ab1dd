import { scopesOf } from "@daybook/core/account/cognito/token-scopes";
import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { poolOf } from "./pool.ts";
import { trigger } from "./trigger.ts";

/** Decides what an access token opens, at sign-in and at each refresh. Cognito issues none when this fails. */
export const handler = trigger("preTokenGeneration", async (event: PreTokenGenerationV2TriggerEvent) => {
  const accessTokenGeneration = await scopesOf(poolOf(event), event.callerContext.clientId);
  event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration } };
});
