import type { Graph, Statement } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import type { RawGraph, RawResource } from "@daybook/local/graph/raw";
import { beforeAll, describe, expect, it } from "vitest";
import { list, readGraph, synthesiseStages } from "./stages.ts";

let production: RawGraph;
let preview: RawGraph;
beforeAll(async () => {
  [production, preview] = await synthesiseStages("production", "pr-1");
});
const both = () => [production, preview];

const ofType = (graph: RawGraph, type: string) => graph.resources.filter((resource) => resource.type === type);
const one = (graph: RawGraph, name: string): RawResource => {
  const found = graph.resources.find((resource) => resource.custom && resource.name === name);
  if (!found) throw new Error(`${graph.stage} has no ${name}`);
  return found;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where two graphs differ: `path: before → after`. */
function differences(before: unknown, after: unknown, at = ""): string[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], at ? `${at} ${key}` : key));
  }
  const word = (value: unknown) => (isRecord(value) ? "something" : (JSON.stringify(value) ?? "nothing"));
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [`${at}: ${word(before)} → ${word(after)}`];
}

/** A stage's graph without its name, and without the hashes that are made of it. */
const comparable = ({ stage: _, ...rest }: Graph) => {
  const text = JSON.stringify(rest);
  const namespaces = [...text.matchAll(/"namespace":"([0-9a-f]{4})"/g)].map(([, hash = ""]) => hash);
  const hashes = new RegExp(
    `\\b(${namespaces.join("|")})\\b|(?<=Subscriber)[A-Z][a-z]{5}(?=Function|EventSourceMapping)`,
    "g",
  );
  return JSON.parse(text.replaceAll(hashes, "…"));
};

describe("every stage", () => {
  it("lets only Lambda assume the role of a function", () => {
    for (const graph of both()) {
      const functionRoles = new Set(ofType(graph, "aws:lambda/function:Function").map(({ inputs }) => inputs.role));
      const roles = ofType(graph, "aws:iam/role:Role");
      expect(roles.length).toBeGreaterThan(0);
      for (const { name, inputs, outputs } of roles) {
        expect(functionRoles, name).toContain(outputs.arn);
        const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
        expect(inputs.assumeRolePolicy, name).toMatchObject({ Statement: [trust] });
      }
    }
  });

  it("gives each function a role of its own", () => {
    for (const graph of both()) {
      const roles = ofType(graph, "aws:lambda/function:Function").map(({ inputs }) => inputs.role);
      expect(new Set(roles).size).toBe(roles.length);
    }
  });

  it("says which actions on which resources: no policy holds a bare *", () => {
    for (const graph of both()) {
      const policies = graph.resources.flatMap(({ name, inputs }) =>
        [inputs.policy, ...list(inputs.inlinePolicies).map((inline) => Object(inline).policy)]
          .filter((policy) => typeof policy === "string")
          .map((policy): [string, Statement[]] => [name, JSON.parse(policy).Statement]),
      );
      expect(policies.length).toBeGreaterThan(0);
      for (const [name, statements] of policies) {
        for (const { Action, Resource } of statements) {
          expect([...list(Action), ...list(Resource)], `${graph.stage} ${name}`).not.toContain("*");
        }
      }
      for (const { name, inputs } of ofType(graph, "aws:lambda/permission:Permission")) {
        expect(inputs.principal, name).not.toBe("*");
      }
    }
  });

  it("forgets its logs some day", () => {
    for (const graph of both()) {
      for (const { name, inputs } of ofType(graph, "aws:cloudwatch/logGroup:LogGroup")) {
        expect(inputs.retentionInDays, name).toBeGreaterThan(0);
      }
    }
  });
});

describe("a preview", () => {
  it("is what runs on a laptop", async () => {
    expect(differences(comparable(await readGraph()), comparable(normalise(preview)))).toEqual([]);
  });
});

describe("production", () => {
  it("keeps its data when they leave the program, and is not removed by accident", () => {
    expect(production).toMatchObject({ removal: "retain", protect: true });
    expect(preview).toMatchObject({ removal: "remove", protect: false });
    expect(one(production, "TableTable")).toMatchObject({
      retainOnDelete: true,
      inputs: { deletionProtectionEnabled: true, pointInTimeRecovery: { enabled: true } },
    });
    expect(one(production, "UsersUserPool")).toMatchObject({
      retainOnDelete: true,
      inputs: { deletionProtection: "ACTIVE" },
    });
    for (const name of ["TableTable", "UsersUserPool"]) expect(one(preview, name).retainOnDelete).toBe(false);
  });

  it("differs from a preview in this alone", () => {
    expect(differences(comparable(normalise(preview)), comparable(normalise(production)))).toMatchInlineSnapshot(`
      [
        "resources aws:apigatewayv2:Authorizer ApiAuthorizerUsersAuthorizer jwtConfiguration audiences: ["\${WebClient.id}","\${ScriptsClient.id}"] → ["\${WebClient.id}"]",
        "resources aws:cognito:UserPool UsersUserPool deletionProtection: "INACTIVE" → "ACTIVE"",
        "resources aws:cognito:UserPoolClient ScriptsClient: something → nothing",
        "resources aws:dynamodb:Table TableTable deletionProtectionEnabled: false → true",
        "resources aws:dynamodb:Table TableTable pointInTimeRecovery enabled: false → true",
      ]
    `);
  });
});
