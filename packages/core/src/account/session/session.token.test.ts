import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newSessionId, SessionId, userIdOf } from "../../ids.ts";
import {
  decodeSessionToken,
  encodeSessionToken,
  hashOf,
  matches,
  newSessionToken,
  seal,
  unseal,
} from "./session.token.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };

describe("a session token", () => {
  const token = newSessionToken(userIdOf(randomUUID()), newSessionId(clock));
  const other = newSessionToken(token.userId, token.sessionId);

  it("can be encoded as a cookie value and decoded", () => {
    const cookie = encodeSessionToken(token);
    expect(cookie).toMatch(/^[\w-]+$/);
    expect(decodeSessionToken(cookie)).toEqual(token);
  });

  it("can be decoded without a rotation, as in cookies that were set before cookies rotated", () => {
    const former = { ...token, rotation: "" };
    expect(decodeSessionToken(encodeSessionToken(former))).toEqual(former);
  });

  it.each(["", "nonsense", "💥", encodeSessionToken(token).slice(1), `${encodeSessionToken(token)}AAAA`])(
    "is not decoded from %j",
    (cookie) => expect(decodeSessionToken(cookie)).toBeUndefined(),
  );

  it("opens what was sealed before an update of the program or of the product's name", () => {
    const userId = userIdOf("6f1c2b1e-0d0a-4d0e-9d39-3f0f2f2b7a11");
    const sessionId = SessionId.parse("ses_01KA6V5Q7R8S9T0V1W2X3Y4Z5A");
    const stored = "Z4aR0uB36KmAC9bA8Bz9IvaKrtLetEVAe5xXxFhQRG_D7A";
    expect(unseal({ ...token, userId, sessionId, secret: Buffer.alloc(32, 7) }, stored)).toBe("stored");
  });

  it("matches only the hash of its secret", () => {
    expect(matches(token, hashOf(token))).toBe(true);
    expect(matches(other, hashOf(token))).toBe(false);
    expect(matches(token, "")).toBe(false);
  });

  it("decrypts what it encrypted, and no other token does", () => {
    const sealed = seal(token, "refresh-token");
    expect(unseal(token, sealed)).toBe("refresh-token");
    expect(seal(token, "refresh-token")).not.toBe(sealed);
    expect(() => unseal(other, sealed)).toThrow();
    expect(() => unseal({ ...token, userId: userIdOf(randomUUID()) }, sealed)).toThrow();
    expect(() => unseal(token, `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`)).toThrow();
  });
});
