import { cognito } from "../cognito/service.ts";
import { lambda } from "../lambda/service.ts";
import type { Service } from "../service.ts";
import { each, ignored, only, supported } from "../support/rules.ts";
import { type Gateway, startGateway } from "./gateway.ts";

const deployment = "It concerns deployment and monitoring, not requests.";

const routeSettings = each(
  supported("routeKey", "throttlingBurstLimit", "throttlingRateLimit"),
  ignored(deployment, "detailedMetricsEnabled", "dataTraceEnabled", "loggingLevel"),
);

export const gateway: Service<Gateway> = {
  types: {
    "aws:apigatewayv2:Api": {
      ...supported("corsConfiguration", "disableExecuteApiEndpoint"),
      ...ignored("It is only a description.", "description", "version"),
      ...ignored("APIs listen on 127.0.0.1.", "ipAddressType"),
      protocolType: only("HTTP"),
    },
    "aws:apigatewayv2:Authorizer": supported("apiId", "authorizerType", "identitySources", "jwtConfiguration"),
    "aws:apigatewayv2:Stage": {
      ...supported("apiId", "name"),
      ...ignored(deployment, "autoDeploy", "description", "deploymentId"),
      defaultRouteSettings: routeSettings,
      routeSettings,
    },
  },
  support: {
    title: "API Gateway HTTP APIs",
    implementation: "own",
    supported: [
      "Routes and stages",
      "The exact payload format 2.0",
      "JWT authorizers: signature, issuer, audience, times and scopes",
      "IAM authorization (`execute-api:Invoke`)",
      "Throttling by stage and route",
      "CORS",
      "Limits: 10,240 bytes of headers, 10 MB of body, 30 s",
      "AWS's response bodies for 400, 401, 403, 404, 413, 429, 431, 500 and 503",
    ],
    unsupported: {
      "Lambda authorizers": "Their routes answer 403. The log names them.",
      "Integrations other than functions": "Their routes answer 500. The log names them.",
      "Custom domains": "The log names them.",
    },
  },
  start: (ground) =>
    startGateway({
      ...ground,
      jwks: ground.get(cognito).jwks,
      invoker: ground.get(lambda),
      ports: ground.addresses.api,
    }),
};
