import { expect, it } from "vitest";
import { supportReadme } from "../scripts/support.ts";

it("the support tables of the local cloud are up to date", async () => {
  const { before, after } = await supportReadme();
  expect(before === after, "packages/local/README.md is stale: run `npm run support` and commit it").toBe(true);
});

it("the support tables have one row for each feature", async () => {
  const { after } = await supportReadme();
  const rows = after
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .map((line) => line.replace(/ +/g, " "));
  expect(rows).toContain("| SQS | FIFO queues | yes |");
  expect(rows).toContain("| SQS | The query protocol | no: The request is refused. |");
  expect(rows).toContain("| `aws:kms:Key` | Data is stored unencrypted in the data folder. |");
  expect(rows.filter((row, index) => rows.indexOf(row) < index)).toEqual([]);
  expect(rows.filter((row) => row.length > 200)).toEqual([]);
});
