import { readFile } from "node:fs/promises";
import { formatGraph } from "@daybook/local/graph/format";
import { normalise } from "@daybook/local/graph/normalise";
import { inWords, unsupported } from "@daybook/local/support/unsupported";
import { beforeAll, describe, expect, it } from "vitest";
import { graphFile, synthesiseStages } from "./stages.ts";

let committed: string;
beforeAll(async () => {
  committed = await readFile(graphFile, "utf8");
});

describe("infra/graph.local.json", () => {
  it("is up to date with the program", async () => {
    const [raw] = await synthesiseStages("local");
    const fresh = formatGraph(normalise(raw));
    expect(committed === fresh, "infra/graph.local.json is stale: run `npm run synth` and commit what it writes").toBe(
      true,
    );
    expect(committed, "a name that AWS is given ends with this").not.toContain(raw.suffix);
  });

  it("contains no machine, account or deployment", () => {
    expect(committed).not.toMatch(/daybook-local-/i);
    expect(committed).not.toMatch(/\b\d{12}\b/);
    expect(committed).not.toMatch(/127\.0\.0\.1|localhost|:\d{4,5}\b\/?"/);
    expect(committed).not.toMatch(/"\/(tmp|home|Users|root|var)\//);
    expect(committed).not.toMatch(/\.(execute-api|lambda-url|s3|sqs)\.[a-z]+-|\.cloudfront\.net/);
  });

  it("uses only resources that the local cloud supports, except temporary credentials", () => {
    expect(unsupported(JSON.parse(committed)).map(inWords)).toEqual([
      "not supported: aws:cognito:IdentityPool IdentityPool",
      "not supported: aws:cognito:IdentityPoolRoleAttachment IdentityPoolRoles",
    ]);
  });
});
