import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, issuer, password, startFixture } from "./test-pool.ts";

const email = "ada@example.com";
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.register(email);
});
afterAll(() => fixture.close());

/** Content of all files on disk, as text. */
const kept = () =>
  readdirSync(fixture.folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => readFileSync(path.join(item.parentPath, item.name), "latin1"))
    .join("\n");

describe("a pool's data folder", () => {
  it("contains the user, but no password and no usable token", async () => {
    const { refresh, access, id } = await fixture.signIn(email);
    const text = kept();
    expect(text).toContain(email);
    for (const secret of [password, refresh, access, id]) expect(text.includes(secret)).toBe(false);
  });

  it("has its own signing keys: a token of a pool in another folder is invalid", async () => {
    const other = await startFixture();
    try {
      expect(await other.cognito.jwks(issuer)).not.toEqual(await fixture.cognito.jwks(issuer));
      await other.register(email);
      const { access } = await other.signIn(email);
      await expect(fixture.sdk().send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject({
        name: "NotAuthorizedException",
      });
    } finally {
      await other.close();
    }
  });
});
