import type { IncomingMessage } from "node:http";
import type { GraphRoute, Resource } from "../graph/graph.ts";
import { decide } from "../iam/decide.ts";
import type { FrontOptions } from "../iam/front.ts";
import { authenticate } from "../iam/sigv4.ts";
import { inputsOf } from "../resource-inputs.ts";
import { type Authorization, type Authorizer, createAuthorizer, type KeySets } from "./authorizer.ts";
import { message } from "./response.ts";
import type { Route } from "./routes.ts";

export interface AccessOptions extends FrontOptions {
  readonly jwks: KeySets;
}

/** A request for a route, before its authorization. */
export interface Visit {
  readonly request: IncomingMessage;
  /** Name of the stage. */
  readonly stage: string;
  /** Path within the stage. */
  readonly path: string;
  /** Reads the body. Resolves to `undefined` if it is too long. */
  body(): Promise<Buffer | undefined>;
}

/** Decides whether a request may use a route. */
export type Access = (visit: Visit) => Promise<Authorization>;

const refused: Authorization = { allowed: false, response: message(403, "Forbidden") };
const open: Access = async () => ({ allowed: true });

/** Members of a route's entry that this module supports. */
const understood = new Set<string>([
  "authorization",
  "authorizer",
  "function",
  "scopes",
  // Added by `parseRoutes`.
  "key",
  "method",
  "segments",
] satisfies (keyof GraphRoute | keyof Route)[]);

/** Returns the JWT authorizers of an API by id. Other types of authorizers are not supported. */
function jwtAuthorizersOf(api: Resource, { graph, jwks }: AccessOptions): Map<string, Authorizer> {
  const authorizers = new Map<string, Authorizer>();
  for (const resource of graph.all("aws:apigatewayv2:Authorizer")) {
    const { apiId = api.id, authorizerType } = inputsOf<{ apiId: string; authorizerType: string }>(resource);
    if (apiId === api.id && authorizerType === "JWT") authorizers.set(resource.id, createAuthorizer(resource, jwks));
  }
  return authorizers;
}

/**
 * Requires Signature Version 4 for `execute-api`, from a caller whose policy allows `execute-api:Invoke` on the
 * request.
 */
function iamAccess(api: Resource, { graph, principals, onAllowed }: AccessOptions): Access {
  const { region, account } = graph;
  return async ({ request, stage, path, body: read }) => {
    const body = await read();
    if (!body) return { allowed: false, response: message(413, "Request Entity Too Large") };
    const { method = "GET", url = "/", headers } = request;
    const [rawPath = "/", query = ""] = url.split(/\?(.*)/s);
    const signed = { method, path: rawPath, query, headers, body };
    const authentication = authenticate(signed, principals, { region, service: "execute-api" });
    if (!authentication.ok) return refused;
    const { principal } = authentication;
    const action = "execute-api:Invoke";
    const resource = `arn:aws:execute-api:${region}:${account}:${api.id}/${stage}/${method}${path}`;
    if (!decide(principal, { action, resource }, region).allowed) return refused;
    onAllowed?.(principal, action, resource);
    const [accessKey = ""] = [...principals].find(([, each]) => each === principal) ?? [];
    const iam = {
      accessKey,
      accountId: account,
      callerId: accessKey,
      cognitoIdentity: null,
      principalOrgId: null,
      userArn: principal.arn,
      userId: accessKey,
    };
    return { allowed: true, authorizer: { iam } };
  };
}

/**
 * Creates the access checks of an API's routes. A route is public only if its entry has no authorization. If the
 * authorization is unknown, or its authorizer is missing or unsupported, every request gets 403.
 */
export function createAccess(api: Resource, options: AccessOptions): (route: Route) => Access {
  const authorizers = jwtAuthorizersOf(api, options);
  const iam = iamAccess(api, options);

  function refuse(route: Route, reason: string): Access {
    options.log.warn(api.name, `${route.key} answers 403: ${reason}`);
    return async () => refused;
  }

  return (route) => {
    const { authorization, authorizer, scopes } = route;
    const unknown = Object.keys(route).filter((member) => !understood.has(member));
    if (unknown.length > 0) return refuse(route, `${unknown.join(", ")} is not supported`);
    if (authorization === "AWS_IAM" && !authorizer) return iam;
    if (authorization !== undefined) return refuse(route, `authorization ${authorization} is not supported`);
    if (authorizer === undefined) return scopes ? refuse(route, "it has scopes but no authorizer") : open;
    const authorize = authorizers.get(authorizer);
    if (!authorize) return refuse(route, `${authorizer} is not a JWT authorizer of this API`);
    return ({ request }) => authorize(request, scopes);
  };
}
