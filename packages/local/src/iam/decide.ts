import type { Principal } from "../service-types.ts";
import { type Decision, evaluate, type Need } from "./evaluate.ts";
import type { Context } from "./patterns.ts";

/** Condition keys that AWS sets on every request. AWS receives requests over TLS, so policies see TLS here too. */
function globalContext(principal: Principal, region: string): Context {
  return {
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": region,
    "aws:SourceIp": "127.0.0.1",
    "aws:PrincipalArn": principal.arn,
    "aws:PrincipalAccount": principal.arn.split(":")[4],
    "aws:CurrentTime": new Date().toISOString(),
    "aws:EpochTime": String(Math.floor(Date.now() / 1000)),
  };
}

/** Whether the caller has a permission. The developer has no policy, and therefore every permission. */
export function decide({ statements, ...principal }: Principal, need: Need, region: string): Decision {
  if (!statements) return { allowed: true, reason: "because the developer may do everything" };
  return evaluate(statements, { ...need, context: { ...globalContext(principal, region), ...need.context } });
}
