import { expect, it } from "vitest";
import { commonPasswordsFile } from "../scripts/common-passwords.ts";

it("the list of common passwords is up to date", async () => {
  const { before, after } = await commonPasswordsFile();
  expect(before === after, "common-passwords.json is stale: run `npm run passwords` and commit it").toBe(true);
});
