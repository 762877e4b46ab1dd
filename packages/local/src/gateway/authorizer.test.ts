import { describe, expect, it } from "vitest";
import { api, calls, encode, issuer, keys, newKey, now, scope, token } from "./fixture.ts";

describe("the JWT authorizer", () => {
  const post = (authorization?: string) =>
    api("/v1/todos", { method: "POST", ...(authorization !== undefined && { headers: { authorization } }) });

  it("passes the claims on as strings", async () => {
    const claims = { exp: now() + 60, "cognito:groups": ["a", "b"], email_verified: true };
    expect((await post(`Bearer ${token(claims)}`)).status).toBe(200);
    const { requestContext } = calls[0]?.event ?? {};
    expect(requestContext).toHaveProperty("authorizer", {
      jwt: {
        claims: expect.objectContaining({
          sub: "u1",
          client_id: "web",
          exp: String(claims.exp),
          "cognito:groups": "[a b]",
          email_verified: "true",
        }),
        scopes: [scope],
      },
    });
    expect((await post(token())).status).toBe(200);
    expect((await post(`Bearer ${token({ aud: "scripts", client_id: "other" })}`)).status).toBe(200);
  });

  it("returns 401 with a Bearer challenge if the token is missing", async () => {
    const response = await post();
    expect([response.status, response.headers.get("www-authenticate"), await response.json()]).toEqual([
      401,
      "Bearer",
      { message: "Unauthorized" },
    ]);
  });

  const stranger = newKey("one");
  it.each([
    ["expired", () => token({ exp: now() - 1 }), "the token has expired"],
    ["without an end", () => token({ exp: undefined }), "the token is malformed"],
    ["not valid yet", () => token({ nbf: now() + 60 }), "the token is not valid yet"],
    ["of another issuer", () => token({ iss: "https://evil.example" }), "the token does not have a valid issuer"],
    ["for another client", () => token({ client_id: "other" }), "the token does not have a valid audience"],
    [
      "whose audience is another, whatever its client",
      () => token({ aud: "other" }),
      "the token does not have a valid audience",
    ],
    ["signed by another key", () => token({}, stranger), "signature is invalid"],
    [
      "signed by an unknown key",
      () => token({}, newKey("unknown")),
      "unable to find a signing key that matches the kid",
    ],
    [
      "not signed",
      () => `${encode({ alg: "none", kid: "one" })}.${encode({ iss: issuer, client_id: "web", exp: now() + 60 })}.`,
      "the token is malformed",
    ],
    ["that is none", () => "abc", "token contains an invalid number of segments"],
    ["that holds nothing", () => "a.b.c", "the token is malformed"],
  ])("refuses a token %s", async (_, make, description) => {
    const response = await post(`Bearer ${make()}`);
    expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer scope="" error="invalid_token" error_description="${description}"`,
    );
    expect(calls).toEqual([]);
  });

  it("returns 403 when the token lacks the route's scope, such as an ID token", async () => {
    for (const claims of [{ scope: "openid" }, { scope: undefined, aud: "web", token_use: "id" }]) {
      const response = await post(`Bearer ${token(claims)}`);
      expect([response.status, await response.json()]).toEqual([403, { message: "Forbidden" }]);
      expect(response.headers.get("www-authenticate")).toBe(
        `Bearer scope="${scope}" error="insufficient_scope" error_description="the token does not have a required scope"`,
      );
    }
  });

  it("loads the issuer's new keys", async () => {
    const next = newKey("two");
    keys.push(next.jwk);
    expect((await post(`Bearer ${token({}, next)}`)).status).toBe(200);
  });
});
