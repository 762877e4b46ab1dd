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
/** Other addresses in each test: those of the tests before have been counted. */
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
  attempts.begin(purpose, account, caller, clock);
/** How many of these attempts were allowed. */
async function allowed(tries: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(tries);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "too-many-requests" });
  }
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

/** Makes as many attempts on other accounts as an address has. */
const exhaust = (host: number) =>
  inParallel(Array.from({ length: addressLimits.times }), 16, () =>
    countAddress(addressHash(from(host).clientAddress), clock.now()),
  );
const attemptsFrom = async (host: number) =>
  (await table.items()).find(({ address }) => address === addressHash(from(host).clientAddress))?.attempts;

const { password } = accountLimits;

describe("an attempt", () => {
  it("is counted before it is made, so that parallel requests do not pass the limit", async () => {
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1))))).toBe(password.address);
    expect(await allowed(Array.from({ length: 12 }, (_, host) => begin(from(host + 2))))).toBe(
      password.strangers - password.address,
    );
  });

  it("that is refused says how long to wait, in seconds and in words", async () => {
    for (let count = 0; count < password.address; count += 1) await begin(from(1));
    now += 60_000;
    const refusal = await begin(from(1)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      retryAfter: password.quietSeconds - 60,
      message: `Too many attempts. Try again in ${password.quietSeconds / 60 - 1} minutes.`,
    });
  });

  it("that succeeds clears the count of the account, and its part of the address's over all accounts", async () => {
    await begin(from(1), "mail");
    await begin(from(1));
    expect(await attemptsFrom(1)).toBe(2);
    await (await begin(from(1))).succeed("password", "mail");
    expect(await attemptsFrom(1)).toBe(0);
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1))))).toBe(password.address);
  });

  it("that was no guess is taken back", async () => {
    for (let count = 0; count < password.strangers + 2; count += 1) await (await begin(from(1))).takeBack();
    await begin(from(1));
  });

  it("on one account touches no other account", async () => {
    await allowed(Array.from({ length: 12 }, () => begin(from(1))));
    await begin(from(1), "password", `${randomUUID()}@example.com`);
  });

  it("is limited for one address over all accounts, and for no other address", async () => {
    await exhaust(1);
    await expect(begin(from(1))).rejects.toThrow(problem("too-many-requests"));
    await begin(from(2));
    now += addressLimits.seconds * 1000;
    await begin(from(1));
  });
});

describe("a browser that has signed in", () => {
  it("is let in while strangers have used up all attempts, and while its address has", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    for (let host = 1; host < 20; host += 1) await allowed([begin(from(host))]);
    await exhaust(1);
    await expect(begin(from(1))).rejects.toThrow(problem("too-many-requests"));
    await begin(from(1, device));
  });

  it("keeps its secret for another account, where it is a stranger until it has signed in", async () => {
    const other = `${randomUUID()}@example.com`;
    const device = await (await begin(from(1))).succeedAndRemember("password");
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1, device), "password", other)))).toBe(
      password.address,
    );
    now += password.quietSeconds * 1000;
    expect(await (await begin(from(1, device), "password", other)).succeedAndRemember("password")).toBe(device);
  });

  it("is limited as well", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1, device))))).toBe(password.device);
  });

  it("is stored by a hash, beside nothing that names the account or the address", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    await begin(from(77));
    const stored = JSON.stringify(await table.items());
    for (const secret of [device, email, from(1).clientAddress, from(77).clientAddress]) {
      expect(stored).not.toContain(secret);
    }
  });

  it("is forgotten with the account", async () => {
    const device = await (await begin(from(1))).succeedAndRemember("password");
    await attempts.forget(email);
    expect(await allowed(Array.from({ length: 12 }, () => begin(from(1, device))))).toBe(password.address);
  });
});

describe("who attempts something", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:0:1::1", "2001:db8:0:1"],
    ["2001:DB8:0:1:ffff:1:2:3", "2001:db8:0:1"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["not an address", "not an address"],
  ])("is of a network: %s", (address, expected) => {
    expect(networkOf(address)).toBe(expected);
  });

  it("sends a device secret of its one form, or none", () => {
    const secret = newDeviceSecret();
    expect(readDeviceSecret(secret)).toBe(secret);
    for (const value of [undefined, "", "short", `${secret}x`, secret.replace(/.$/, "=")]) {
      expect(readDeviceSecret(value)).toBeUndefined();
    }
  });
});
