import { afterAll, expect, it } from "vitest";
import { temporaryFolder, testFunction, testGraph } from "./lambda/fixtures.ts";
import { createPrincipals } from "./principals.ts";

const disk = temporaryFolder();
afterAll(disk.remove);

it("gives a function the permissions of its role's policy, and none if the role has a permissions boundary", () => {
  const policy = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] as const;
  const permissionsBoundary = "arn:aws:iam::aws:policy/Limits";
  const functions = [testFunction("Free", { policy }), testFunction("Bounded", { policy, permissionsBoundary })];
  const { principals } = createPrincipals(testGraph({ functions }), disk.folder);
  const statements = Object.fromEntries([...principals.values()].map((each) => [each.name, each.statements]));
  expect(statements).toEqual({ developer: undefined, Free: policy, Bounded: [] });
});
