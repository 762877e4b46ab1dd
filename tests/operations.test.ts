import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const document = read("docs/operations.md");

/** What stands between backticks in the first column of the table below a heading. */
function firstColumn(heading: string): string[] {
  const section = document.split(/^## /m).find((each) => each.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? "");
}

describe("docs/operations.md", () => {
  it("has a row for every option of a stage", () => {
    const [, members = ""] = /interface StageOptions \{([\s\S]*?)\n\}/.exec(read("infra/options.ts")) ?? [];
    const options = [...members.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1]);
    expect(firstColumn("Stages and their options").sort()).toEqual(options.sort());
  });

  it("names workflows that exist", () => {
    const workflows = firstColumn("Deployments by GitHub");
    expect(workflows).toHaveLength(3);
    for (const workflow of workflows) expect(existsSync(path.join(root, workflow)), workflow).toBe(true);
  });

  it("says of every alarm what to do, and of no other", () => {
    const program = read("infra/alarms.ts");
    const made = [
      ...[...program.matchAll(/failures\("(\w+)"/g)].map((match) => `${match[1]}Failures`),
      ...[...program.matchAll(/queues\("(\w+)"/g)].map((match) => match[1]),
      ...[...program.matchAll(/rate\("(\w+)"/g)].map((match) => `Mail${match[1]}`),
      ...[...program.matchAll(/\[\s*"(\w+)",\s*\{/g)].map((match) => match[1]),
    ];
    expect(firstColumn("Alarms").sort()).toEqual(made.sort());
  });

  it("names dead-letter queues that there are", () => {
    const { resources } = z
      .object({ resources: z.object({ "aws:sqs:Queue": z.record(z.string(), z.unknown()) }) })
      .parse(JSON.parse(read("infra/graph.local.json")));
    const queues = Object.keys(resources["aws:sqs:Queue"]);
    const named = [...document.matchAll(/`(\w+Dlq)`/g)].map((match) => `${match[1]}Queue`);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(queues).toContain(name);
  });

  it("lets the role for deployments trust one environment of one repository, and GitHub alone", () => {
    const [, policy = ""] = /```json\n([\s\S]*?)```/.exec(document) ?? [];
    const { Statement } = JSON.parse(policy);
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Principal: {
          Federated: expect.stringMatching(
            /^arn:aws:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
          ),
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:OWNER/REPOSITORY:environment:production",
          },
        },
      },
    ]);
  });

  it("leads to every heading that it names", () => {
    const anchors = [...document.matchAll(/^## (.+)$/gm)].map((match) =>
      (match[1] ?? "")
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    );
    const named = [...document.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
    for (const anchor of named) expect(anchors).toContain(anchor);
  });

  it("runs SST by commands that it has", () => {
    const commands = [...document.matchAll(/npx sst (\w+)/g)].map((match) => match[1]);
    expect([...new Set(commands)].sort()).toEqual(["deploy", "dev", "remove", "unlock"]);
  });
});
