import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newSessionId, userIdOf } from "../../ids.ts";
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
