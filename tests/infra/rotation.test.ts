import { describe, expect, it } from "vitest";
import { generationsAfter } from "../../infra/rotation.ts";

describe("a rotation of the origin secret", () => {
  it("starts with two generations, of which the first is sent", () => {
    expect(generationsAfter(0)).toEqual({ accepted: [0, 1], sent: 0 });
  });

  it.each([0, 1, 2, 3, 4, 5])("refuses no request during a deployment that raises the number from %i", (rotations) => {
    const [before, after] = [generationsAfter(rotations), generationsAfter(rotations + 1)];
    for (const { accepted } of [before, after]) {
      expect(accepted).toContain(before.sent);
      expect(accepted).toContain(after.sent);
    }
  });

  it.each([0, 1, 2, 3, 4, 5])("invalidates the sent secret within two or three deployments: %i", (rotations) => {
    const { sent } = generationsAfter(rotations);
    expect(generationsAfter(rotations + 3).accepted).not.toContain(sent);
    if (rotations % 2 === 0) expect(generationsAfter(rotations + 2).accepted).not.toContain(sent);
  });
});
