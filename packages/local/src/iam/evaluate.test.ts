import { describe, expect, it } from "vitest";
import type { Statement } from "../graph/graph.ts";
import { evaluate } from "./evaluate.ts";
import type { Context } from "./patterns.ts";

const table = "arn:aws:dynamodb:eu-west-1:000000000000:table/todo";
const allow = (more: Partial<Statement>): Statement => ({
  Effect: "Allow",
  Action: "dynamodb:GetItem",
  Resource: table,
  ...more,
});
const decide = (statements: Statement[], context?: Context, resource = table, action = "dynamodb:GetItem") =>
  evaluate(statements, { action, resource, ...(context && { context }) });

describe("evaluate: actions and resources", () => {
  it("denies an action that no statement allows, with AWS's message", () => {
    expect(decide([])).toEqual({
      allowed: false,
      reason: "because no identity-based policy allows the dynamodb:GetItem action",
    });
  });

  it("gives an explicit deny precedence over any allow, in any order", () => {
    const deny = allow({ Effect: "Deny", Action: "dynamodb:*" });
    expect(decide([allow({}), deny])).toEqual({
      allowed: false,
      reason: "with an explicit deny in an identity-based policy",
    });
    expect(decide([deny, allow({})]).allowed).toBe(false);
  });

  it.each([
    ["dynamodb:GetItem", true],
    ["dynamodb:getitem", true],
    ["dynamodb:Get*", true],
    ["dynamodb:?etItem", true],
    ["*", true],
    ["dynamodb:Get", false],
    ["dynamodb:PutItem", false],
  ])("compares the action with %s case-insensitively", (pattern, allowed) => {
    expect(decide([allow({ Action: ["s3:GetObject", pattern] })]).allowed).toBe(allowed);
  });

  it.each([
    [table, table, true],
    [`${table}/index/*`, `${table}/index/gsi1`, true],
    [`${table}/index/*`, table, false],
    ["arn:aws:dynamodb:*:*:table/todo", table, true],
    ["arn:aws:dynamodb:*:table/todo", table, false],
    ["arn:aws:s3:::media/uploads/*", "arn:aws:s3:::media/uploads/a/b.png", true],
    ["arn:aws:s3:::media", "arn:aws:s3:::media/uploads", false],
    ["*", "*", true],
    [table, "*", false],
  ])("matches the resource pattern %s with %s: %s", (pattern, resource, allowed) => {
    expect(decide([allow({ Resource: pattern })], undefined, resource).allowed).toBe(allowed);
  });

  it("treats NotAction and NotResource as everything else", () => {
    expect(decide([{ Effect: "Allow", NotAction: "dynamodb:Delete*", Resource: "*" }]).allowed).toBe(true);
    expect(decide([{ Effect: "Allow", NotAction: "dynamodb:Get*", Resource: "*" }]).allowed).toBe(false);
    expect(decide([{ Effect: "Allow", Action: "*", NotResource: `${table}/*` }]).allowed).toBe(true);
    expect(decide([{ Effect: "Allow", Action: "*", NotResource: table }]).allowed).toBe(false);
  });

  it("fills in policy variables, and matches nothing if one has no value", () => {
    const statement = allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::media/\${cognito-identity.amazonaws.com:sub}/*`,
    });
    const of = (context: Context) =>
      decide([statement], context, "arn:aws:s3:::media/eu-west-1:abc/x", "s3:GetObject").allowed;
    expect(of({ "cognito-identity.amazonaws.com:sub": "eu-west-1:abc" })).toBe(true);
    expect(of({ "cognito-identity.amazonaws.com:sub": "eu-west-1:other" })).toBe(false);
    expect(of({})).toBe(false);
  });
});

describe("evaluate: wildcards in values", () => {
  const mayRead = (Resource: string, username: string, folder: string) =>
    decide(
      [allow({ Action: "s3:GetObject", Resource })],
      { "aws:username": username },
      `arn:aws:s3:::media/${folder}/x`,
      "s3:GetObject",
    ).allowed;
  const byName = `arn:aws:s3:::media/\${aws:username}/*`;

  it.each(["*", "b?b", "b*", "$", `\${*}`, "a.b"])("compares the value %s of a policy variable literally", (name) => {
    expect(mayRead(byName, name, name)).toBe(true);
    for (const other of ["bob", "", "a-b"]) expect(mayRead(byName, name, other)).toBe(false);
  });

  it("treats wildcards in the form of variables as literal characters", () => {
    expect(mayRead(`arn:aws:s3:::media/\${*}/*`, "", "*")).toBe(true);
    expect(mayRead(`arn:aws:s3:::media/\${*}/*`, "", "bob")).toBe(false);
    expect(mayRead(`arn:aws:s3:::media/b\${?}b/*`, "", "b?b")).toBe(true);
    expect(mayRead(`arn:aws:s3:::media/b\${?}b/*`, "", "bob")).toBe(false);
    expect(mayRead(`arn:aws:s3:::media/\${$}{a}/x`, "", `\${a}`)).toBe(true);
  });

  it("compares values of policy variables literally in conditions", () => {
    const holds = (operator: string, wanted: string, actual: string) =>
      decide([allow({ Condition: { [operator]: { "app:owner": wanted } } })], {
        "aws:username": "a*$b",
        "app:owner": actual,
      }).allowed;
    for (const operator of ["StringLike", "StringEquals", "StringEqualsIgnoreCase"]) {
      expect(holds(operator, `\${aws:username}`, "a*$b")).toBe(true);
      expect(holds(operator, `\${aws:username}`, "axx$b")).toBe(false);
      expect(holds(operator, `x\${*}`, "x*")).toBe(true);
    }
  });
});

describe("evaluate: conditions", () => {
  it.each<[string, string, string | string[], boolean]>([
    ["StringEquals", "blue", "blue", true],
    ["StringEquals", "Blue", "blue", false],
    ["StringEqualsIgnoreCase", "Blue", "blue", true],
    ["StringNotEquals", "red", ["blue", "green"], true],
    ["StringNotEquals", "blue", ["blue", "green"], false],
    ["StringLike", "blueberry", "blue*", true],
    ["StringNotLike", "blueberry", "blue*", false],
    ["ArnLike", "arn:aws:sns:eu-west-1:0:events", "arn:aws:sns:*:*:events", true],
    ["ArnEquals", "arn:aws:sns:eu-west-1:0:events", "arn:aws:sns:eu-west-1:0:other", false],
    ["Bool", "true", "true", true],
    ["NumericLessThan", "5", "10", true],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "5", "10", false],
    ["NumericNotEquals", "5", "10", true],
    ["DateLessThan", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", true],
    ["DateGreaterThan", "1767225600", "2027-01-01T00:00:00Z", false],
    ["StringEqualsIfExists", "blue", "blue", true],
    ["Null", "blue", "false", true],
    ["Null", "blue", "true", false],
  ])("%s: %s against %s is %s", (operator, actual, wanted, allowed) => {
    const statement = allow({ Condition: { [operator]: { "app:Colour": wanted } } });
    expect(decide([statement], { "app:colour": actual }).allowed).toBe(allowed);
  });

  it("requires every value for ForAllValues, and one for ForAnyValue", () => {
    const of = (operator: string) => allow({ Condition: { [operator]: { "dynamodb:LeadingKeys": ["USER#1"] } } });
    const mixed = { "dynamodb:LeadingKeys": ["USER#1", "USER#2"] };
    expect(decide([of("ForAllValues:StringEquals")], mixed).allowed).toBe(false);
    expect(decide([of("ForAnyValue:StringEquals")], mixed).allowed).toBe(true);
    expect(decide([of("ForAllValues:StringEquals")], { "dynamodb:LeadingKeys": ["USER#1"] }).allowed).toBe(true);
  });

  it("requires every line of a condition block", () => {
    const statement = allow({ Condition: { StringEquals: { a: "1", b: "2" }, Bool: { c: "true" } } });
    expect(decide([statement], { a: "1", b: "2", c: "true" }).allowed).toBe(true);
    expect(decide([statement], { a: "1", b: "2", c: "false" }).allowed).toBe(false);
  });

  it("distinguishes a key that is absent from the request from a key that is not supplied", () => {
    const ifExists = allow({ Condition: { StringEqualsIfExists: { "dynamodb:Select": "COUNT" } } });
    expect(decide([ifExists], { "dynamodb:Select": undefined }).allowed).toBe(true);
    expect(decide([ifExists], {}).allowed).toBe(false);
  });

  it("denies and names a key that is not supplied, even for ForAllValues, which holds for an empty list", () => {
    const statement = allow({ Condition: { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk"] } } });
    expect(decide([statement])).toEqual({
      allowed: false,
      reason:
        "because no identity-based policy allows the dynamodb:GetItem action (the condition key dynamodb:Attributes is not supplied by the local cloud)",
    });
  });

  it("denies and names an unsupported operator, also in a deny", () => {
    const condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    const context = { "aws:SourceIp": "10.0.0.1" };
    expect(decide([allow({ Condition: condition })], context).reason).toContain("operator IpAddress is not supported");
    const denied = decide([allow({}), allow({ Effect: "Deny", Condition: condition })], context);
    expect(denied).toMatchObject({ allowed: false, reason: expect.stringContaining("explicit deny") });
  });
});
