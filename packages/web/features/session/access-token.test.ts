import { describe, expect, it } from "vitest";
import { ownerOf } from "./access-token.ts";

const tokenWith = (claims: unknown) =>
  ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "signature"].join(".");

describe("the owner of an access token", () => {
  it("is the user id from the sub claim", () => {
    expect(ownerOf(tokenWith({ sub: "9f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f", "custom:text": "ÿ?>~" }))).toBe(
      "usr_9f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f",
    );
  });

  it("throws if the token has no sub claim", () => {
    expect(() => ownerOf(tokenWith({}))).toThrow("names nobody");
  });
});
