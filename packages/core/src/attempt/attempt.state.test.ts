import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountLimits, deviceSeconds, mostDevices } from "./attempt.limits.ts";
import {
  type AccountState,
  type Attempter,
  blankState,
  cleared,
  counted,
  waitFor,
  withDevice,
} from "./attempt.state.ts";

const { address: fromOneAddress, strangers: byStrangers, device: byDevice, quietSeconds } = accountLimits.password;
const from = (address: string, device?: string): Attempter => ({ address, device });

/**
 * Makes one attempt per second, starting at `now`, until the first is refused. Returns the number of allowed attempts.
 */
function attemptAll(state: AccountState, who: readonly Attempter[], now = 0): { state: AccountState; allowed: number } {
  let allowed = 0;
  for (const [second, each] of who.entries()) {
    if (waitFor(state, "password", each, now + second) > 0) break;
    state = counted(state, "password", each, now + second);
    allowed += 1;
  }
  return { state, allowed };
}
const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value);

describe("attempts on an account", () => {
  it("are limited per address, and leave attempts to other addresses", () => {
    const { state, allowed } = attemptAll(blankState, times(20, from("a")));
    expect(allowed).toBe(fromOneAddress);
    expect(waitFor(state, "password", from("a"), 10)).toBe(fromOneAddress - 1 + quietSeconds - 10);
    expect(waitFor(state, "password", from("b"), 10)).toBe(0);
    expect(waitFor(state, "code", from("a"), 10)).toBe(0);
  });

  it("are limited over all addresses, below the five that trigger Cognito's lockout", () => {
    const addresses = Array.from({ length: 20 }, (_, index) => from(`address-${index}`));
    expect(attemptAll(blankState, addresses).allowed).toBe(byStrangers);
    expect(byStrangers).toBeLessThan(5);
  });

  it("of a known browser are counted separately", () => {
    const known = withDevice(blankState, "mine", 0);
    const { state } = attemptAll(known, times(20, from("a")));
    expect(waitFor(state, "password", from("a", "mine"), 10)).toBe(0);
    expect(attemptAll(state, times(20, from("a", "mine")), 10).allowed).toBe(byDevice);
    expect(waitFor(state, "password", from("a", "not known"), 10)).toBeGreaterThan(0);
  });

  it("are allowed again after the announced wait", () => {
    const { state } = attemptAll(blankState, times(20, from("a")));
    const wait = waitFor(state, "password", from("a"), 100);
    expect(waitFor(state, "password", from("a"), 100 + wait - 1)).toBe(1);
    expect(attemptAll(state, times(20, from("a")), 100 + wait).allowed).toBe(fromOneAddress);
  });

  it("are cleared after a success, for its purpose only", () => {
    const known = withDevice(blankState, "mine", 0);
    const both = counted(counted(known, "password", from("a"), 1), "mail", from("a"), 1);
    const { tallies, devices } = cleared(both, "password");
    expect(Object.keys(tallies)).toEqual(["mail"]);
    expect(devices).toEqual(known.devices);
  });

  it("by unknown browsers never reach five without a pause of 15 minutes, for all timings", () => {
    const step = fc.record({ address: fc.nat({ max: 5 }), pause: fc.nat({ max: 1200 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = blankState;
        let now = 0;
        let inRow = 0;
        let last = Number.NEGATIVE_INFINITY;
        for (const { address, pause } of steps) {
          now += pause;
          const who = from(String(address));
          if (waitFor(state, "password", who, now) > 0) continue;
          state = counted(state, "password", who, now);
          inRow = now - last >= 15 * 60 ? 1 : inRow + 1;
          last = now;
          expect(inRow).toBeLessThan(5);
        }
      }),
    );
  });
});

describe("known browsers", () => {
  it("are limited in number, and the one with the oldest sign-in is dropped", () => {
    const names = Array.from({ length: mostDevices + 1 }, (_, index) => `device-${index}`);
    const state = names.reduce((before, name, second) => withDevice(before, name, second), blankState);
    expect(state.devices.map(({ hash }) => hash)).toEqual(names.toReversed().slice(0, mostDevices));
  });

  it("expire after their last sign-in", () => {
    const known = withDevice(blankState, "mine", 0);
    const { state } = attemptAll(known, times(20, from("a")), deviceSeconds - 60);
    expect(waitFor(state, "password", from("a", "mine"), deviceSeconds - 1)).toBe(0);
    expect(waitFor(state, "password", from("a", "mine"), deviceSeconds)).toBeGreaterThan(0);
  });
});
