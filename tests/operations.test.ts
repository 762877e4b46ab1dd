import { execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { policyOf } from "../infra/stage.ts";
import { allOptions } from "./infra/all-options.ts";
import { document, firstColumn } from "./operations-document.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("docs/operations.md", () => {
  it("has a row for every stage option", () => {
    expect(firstColumn("Stages and their options").sort()).toEqual(Object.keys(allOptions).sort());
  });

  it("names every workflow", () => {
    const workflows = readdirSync(path.join(root, ".github/workflows")).map((file) => `.github/workflows/${file}`);
    expect(firstColumn("Deployments by GitHub").sort()).toEqual(workflows.sort());
  });

  it("reads the region from infra/stage.ts", () => {
    const { region } = policyOf("production");
    const [, command = ""] = /export AWS_REGION=\$\(npx (.*)\)$/m.exec(document) ?? [];
    expect(execSync(command, { cwd: root, encoding: "utf8" }).trim()).toBe(region);
    expect(document).not.toContain(region);
  });

  it("names existing dead-letter queues", () => {
    const { resources } = z
      .object({ resources: z.object({ "aws:sqs:Queue": z.record(z.string(), z.unknown()) }) })
      .parse(JSON.parse(read("infra/graph.local.json")));
    const queues = Object.keys(resources["aws:sqs:Queue"]);
    const named = [...document.matchAll(/`(\w+Dlq)`/g)].map((match) => `${match[1]}Queue`);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(queues).toContain(name);
  });

  it("explains every dead-letter queue: how to redrive it, and its effect on users", () => {
    const { resources } = z
      .object({ resources: z.object({ "aws:sqs:Queue": z.record(z.string(), z.unknown()) }) })
      .parse(JSON.parse(read("infra/graph.local.json")));
    const queues = Object.keys(resources["aws:sqs:Queue"]).flatMap((name) => /^(\w+Dlq)Queue$/.exec(name)?.[1] ?? []);
    const [, section = ""] = /## Redriving dead-letter queues\n([\s\S]*?)\n## /.exec(document) ?? [];
    const [text = "", ...rows] = section.split("Effects on users");
    expect(queues).toContain("CleanUpDlq");
    for (const queue of queues) for (const part of [text, rows.join()]) expect(part).toContain(`\`${queue}\``);
  });

  it("names existing files", () => {
    const files = [...document.matchAll(/`((?:infra|packages|scripts|\.github)\/[\w./-]+)`/g)].map(
      ([, file = ""]) => file,
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect(existsSync(path.join(root, file)), file).toBe(true);
  });

  it("restricts the deployment role to GitHub and one environment of one repository", () => {
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

  it("links only to existing headings", () => {
    const anchors = [...document.matchAll(/^## (.+)$/gm)].map((match) =>
      (match[1] ?? "")
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    );
    const named = [...document.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
    for (const anchor of named) expect(anchors).toContain(anchor);
  });

  it("uses only existing SST commands", () => {
    const commands = [...document.matchAll(/npx sst (\w+)/g)].map((match) => match[1]);
    expect([...new Set(commands)].sort()).toEqual(["deploy", "dev", "remove", "unlock"]);
  });
});
