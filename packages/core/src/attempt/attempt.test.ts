import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inParallel } from "../db/parallel.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { problem } from "../test-problem.ts";

import { addressHash, type Caller, networkOf, newDeviceSecret, readDeviceSecret } from "./attempt.caller.ts";
import { accountLimits, addressLimits, type Purpose } from "./attempt.limits.ts";
import { countAddress } from "./attempt.repository.ts";
import * as attempts from "./attempt.service.ts";

let table: TestTable;
let now: number;
let email: string;
/** Each test uses other addresses, because attempts of earlier tests are counted. */
let network: number;

const clock = { now: () => new Date(now) };
const from = (host: number, device?: string) => ({ clientAddress: `10.0.${network}.${host}`, device });

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
  network = 0;
});
afterAll(() => table.close());
beforeEach(() => {
  now = Date.parse("2026-11-29T10:00:00Z");
  email = `${randomUUID()}@example.com`;
  network += 1;
});

const begin = (caller: Caller, purpose: Purpose = "password", account = email) =>
  attempts.begin({ clock, caller }, purpose, account);
/** Returns how many of these attempts were allowed. */
async function allowed(tries: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(tries);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "too-many-requests" });
  }
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

/** Uses up the limit of an address over all accounts. */
const exhaust = (host: number) =>
  inParallel(Array.from({ length: addressLimits.times }), 16, () =>
    countAddress(addressHash(from(host).clientAddress), clock.now()),
  );
const attemptsFrom = async (host: number) =>
  (await table.items()).find(({ address }) => address === addressHash(from(host).clientAddress))?.attempts;

const { password } = accountLimits;

describe("an attempt", () => {
  it("is counted before it is made, so that parallel requests cannot exceed the limit", async () => {
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1))))).toBe(password.address);
    expect(await allowed(Array.from({ length: 12 }, (_, host) => begin(from(host + 2))))).toBe(
      password.strangers - password.address,
    );
  });

  it("returns the time to wait, in seconds and as text, when it is refused", async () => {
    for (let count = 0; count < password.address; count += 1) await begin(from(1));
    now += 60_000;
    const refusal = await begin(from(1)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      retryAfter: password.quietSeconds - 60,
      message: `Too many attempts. Try again in ${password.quietSeconds / 60 - 1} minutes.`,
    });
  });

  it("clears the counts of the account and subtracts from the count of the address when it succeeds", async () => {
    await begin(from(1), "mail");
    await begin(from(1));
    expect(await attemptsFrom(1)).toBe(2);
    await (await begin(from(1))).succeed("password", "mail");
    expect(await attemptsFrom(1)).toBe(0);
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1))))).toBe(password.address);
  });

  it("is subtracted when it was not a guess", async () => {
    for (let count = 0; count < password.strangers + 2; count += 1) await (await begin(from(1))).takeBack();
    await begin(from(1));
  });

  it("does not count for other accounts", async () => {
    await allowed(Array.from({ length: 12 }, () => begin(from(1))));
    await begin(from(1), "password", `${randomUUID()}@example.com`);
  });

  it("is limited per address over all accounts", async () => {
    await exhaust(1);
    await expect(begin(from(1))).rejects.toThrow(problem("too-many-requests"));
    await begin(from(2));
    now += addressLimits.seconds * 1000;
    await begin(from(1));
  });
});

describe("a known browser", () => {
  it("is allowed while unknown browsers or its address have used up all attempts", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    for (let host = 1; host < 20; host += 1) await allowed([begin(from(host))]);
    await exhaust(1);
    await expect(begin(from(1))).rejects.toThrow(problem("too-many-requests"));
    await begin(from(1, device));
  });

  it("uses the same secret for another account, where it is unknown until it signs in", async () => {
    const other = `${randomUUID()}@example.com`;
    const device = await (await begin(from(1))).succeedAndRemember("password");
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1, device), "password", other)))).toBe(
      password.address,
    );
    now += password.quietSeconds * 1000;
    expect(await (await begin(from(1, device), "password", other)).succeedAndRemember("password")).toBe(device);
  });

  it("is limited, too", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1, device))))).toBe(password.device);
  });

  it("is stored as a hash, without the account or the address", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    await begin(from(77));
    const stored = JSON.stringify(await table.items());
    for (const secret of [device, email, from(1).clientAddress, from(77).clientAddress]) {
      expect(stored).not.toContain(secret);
    }
  });

  it("is forgotten when the account is deleted", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    await attempts.forget(email);
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1, device))))).toBe(password.address);
  });
});

describe("the caller of an attempt", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:0:1::1", "2001:db8:0:1"],
    ["2001:DB8:0:1:ffff:1:2:3", "2001:db8:0:1"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["not an address", "not an address"],
  ])("has the expected network: %s", (address, expected) => {
    expect(networkOf(address)).toBe(expected);
  });

  it("has a device secret only if the format is valid", () => {
    const secret = newDeviceSecret();
    expect(readDeviceSecret(secret)).toBe(secret);
    for (const value of [undefined, "", "short", `${secret}x`, secret.replace(/.$/, "=")]) {
      expect(readDeviceSecret(value)).toBeUndefined();
    }
  });
});
