import type { createFaults } from "../faults.ts";
import { withCuts } from "../faults.ts";
import type { Call, ServiceApi } from "../iam/front.ts";
import { json11, type Protocol, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import { isObject } from "../json.ts";
import type { Log, Principal } from "../service-types.ts";
import { unknownOperation } from "./errors.ts";
import type { Input } from "./input.ts";
import {
  adminConfirmSignUp,
  adminDeleteUser,
  adminGetUser,
  adminSetUserPassword,
  adminUserGlobalSignOut,
} from "./operations/admin.ts";
import { respondToAuthChallenge } from "./operations/challenge.ts";
import { confirmSignUp, resendConfirmationCode } from "./operations/confirm-sign-up.ts";
import {
  deleteUser,
  getUser,
  globalSignOut,
  updateUserAttributes,
  verifyUserAttribute,
} from "./operations/current-user.ts";
import { initiateAuth } from "./operations/initiate-auth.ts";
import { listUsers } from "./operations/list-users.ts";
import type { Operation, Services } from "./operations/operation.ts";
import { changePassword, confirmForgotPassword, forgotPassword } from "./operations/password.ts";
import { describeUserPool, describeUserPoolClient, listUserPoolClients, listUserPools } from "./operations/pools.ts";
import { getTokensFromRefreshToken, revokeToken } from "./operations/refresh.ts";
import { signUp } from "./operations/sign-up.ts";
import {
  adminSetUserMfaPreference,
  associateSoftwareToken,
  setUserMfaPreference,
  verifySoftwareToken,
} from "./operations/software-token.ts";
import type { PublicKey } from "./tokens/keys.ts";

/** Cognito allows calls from every origin. */
const cors = { "access-control-allow-origin": "*" };
const exposed = {
  ...cors,
  "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
};
const preflight = {
  ...cors,
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-max-age": "172800",
};

const base = json11();

/** The JSON protocol with CORS headers on errors, which also have the error's name and message as headers. */
const protocol: Protocol = withCuts({
  ...base,
  format(error, requestId) {
    const response = base.format(error, requestId);
    const named = { "x-amzn-errortype": error.code, "x-amzn-errormessage": encodeURI(error.message) };
    return { ...response, headers: { ...response.headers, ...exposed, ...named } };
  },
});

/** Operations without IAM authorization: a password, a code or a token authorizes the call. */
const publicOperations = (services: Services): Readonly<Record<string, Operation>> => ({
  SignUp: signUp(services),
  ConfirmSignUp: confirmSignUp(services),
  ResendConfirmationCode: resendConfirmationCode(services),
  InitiateAuth: initiateAuth(services),
  RespondToAuthChallenge: respondToAuthChallenge(services),
  GetTokensFromRefreshToken: getTokensFromRefreshToken(services),
  RevokeToken: revokeToken(services),
  ForgotPassword: forgotPassword(services),
  ConfirmForgotPassword: confirmForgotPassword(services),
  ChangePassword: changePassword(services),
  GetUser: getUser(services),
  UpdateUserAttributes: updateUserAttributes(services),
  VerifyUserAttribute: verifyUserAttribute(services),
  DeleteUser: deleteUser(services),
  GlobalSignOut: globalSignOut(services),
  AssociateSoftwareToken: associateSoftwareToken(services),
  VerifySoftwareToken: verifySoftwareToken(services),
  SetUserMFAPreference: setUserMfaPreference(services),
});

/** Operations that IAM authorizes. */
const adminOperations = (services: Services): Readonly<Record<string, Operation>> => ({
  AdminConfirmSignUp: adminConfirmSignUp(services),
  AdminDeleteUser: adminDeleteUser(services),
  AdminGetUser: adminGetUser(services),
  AdminSetUserMFAPreference: adminSetUserMfaPreference(services),
  AdminSetUserPassword: adminSetUserPassword(services),
  AdminUserGlobalSignOut: adminUserGlobalSignOut(services),
  DescribeUserPool: describeUserPool(services),
  DescribeUserPoolClient: describeUserPoolClient(services),
  ListUserPoolClients: listUserPoolClients(services),
  ListUserPools: listUserPools(services),
  ListUsers: listUsers(services),
});

function inputOf({ body }: SignedRequest): Input {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body) || "{}");
    if (isObject(value)) return value;
  } catch {
    // Invalid JSON and JSON that is not an object are reported by the same error below.
  }
  throw new ServiceError(400, "SerializationException", "The request's body is not a JSON object.");
}

interface Options {
  readonly services: Services;
  readonly log: Log;
  readonly around: ReturnType<typeof createFaults>["around"];
  /** Called with the name of each operation, before it runs. */
  readonly onCall: (operation: string) => void;
  /** ARN of a pool. The pool does not have to exist. */
  readonly arnOf: (poolId: string) => string;
  readonly keysOf: (poolId: string) => readonly PublicKey[] | undefined;
}

const document = (value: unknown): ServiceResponse => ({
  status: 200,
  headers: { ...cors, "content-type": "application/json", "cache-control": "public, max-age=86400" },
  body: JSON.stringify(value),
});

/** Serves the pool's OpenID configuration and public keys. `jwks_uri` is the local address of the keys. */
function wellKnown({ path, headers }: SignedRequest, { services, keysOf }: Options): ServiceResponse {
  const [, poolId = "", name] = /^\/([^/]+)\/\.well-known\/([^/]+)$/.exec(path) ?? [];
  const keys = keysOf(poolId);
  if (!keys || (name !== "jwks.json" && name !== "openid-configuration"))
    return { status: 404, headers: { ...cors, "content-type": "application/json" }, body: '{"message":"Not Found"}' };
  if (name === "jwks.json") return document({ keys });
  return document({
    issuer: services.pools.pool(poolId).issuer,
    jwks_uri: `http://${headers.host}/${poolId}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
  });
}

/** Cognito user pools as a service behind the IAM front. */
export function cognitoService(options: Options): ServiceApi {
  const { services, log, around, onCall, arnOf } = options;
  const open = publicOperations(services);
  const guarded = adminOperations(services);

  async function carryOut(name: string, operation: Operation, request: SignedRequest, caller?: Principal) {
    onCall(name);
    try {
      const run = async () => ({
        status: 200,
        headers: { ...exposed, "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify(await operation(inputOf(request))),
      });
      const answer = await around(name, run, { caller: caller?.name });
      log.info("cognito", caller ? `${name} by ${caller.name}` : name);
      return answer;
    } catch (error) {
      if (error instanceof ServiceError) log.warn("cognito", `${name}: ${error.code}: ${error.message}`);
      throw error;
    }
  }

  function read(request: SignedRequest): Call {
    if (request.method === "OPTIONS") return { needs: "public", run: () => ({ status: 200, headers: preflight }) };
    if (request.method === "GET") return { needs: "public", run: () => wellKnown(request, options) };
    const [, name = ""] =
      /^AWSCognitoIdentityProviderService\.(\w+)$/.exec(String(request.headers["x-amz-target"])) ?? [];
    const publicOne = Object.hasOwn(open, name) ? open[name] : undefined;
    if (publicOne) return { needs: "public", run: () => carryOut(name, publicOne, request) };
    const adminOne = Object.hasOwn(guarded, name) ? guarded[name] : undefined;
    if (adminOne) {
      const { UserPoolId: poolId } = inputOf(request);
      const resource = name === "ListUserPools" ? "*" : arnOf(String(poolId));
      return {
        needs: [{ action: `cognito-idp:${name}`, resource }],
        run: (caller) => carryOut(name, adminOne, request, caller),
      };
    }
    const unsupported = () => {
      throw unknownOperation(`The local cloud does not support Cognito's operation ${name || "without a name"}.`);
    };
    return { needs: "public", run: () => carryOut(name, unsupported, request) };
  }

  return { name: "cognito", signingName: "cognito-idp", protocol, read };
}
