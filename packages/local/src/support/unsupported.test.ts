import { describe, expect, it } from "vitest";
import type { Graph, GraphFunction } from "../graph/graph.ts";
import { inWords, unsupported } from "./unsupported.ts";

const fn: GraphFunction = { runtime: "nodejs24.x", memory: 1024, timeout: 10, invokedBy: [] };

/** Returns the report for a program with one resource. */
function reportOf(type: string, inputs: Readonly<Record<string, unknown>>, functions: Graph["functions"] = {}) {
  const resources = { "aws:cloudfront:Distribution": {}, [type]: { Own: inputs } };
  const graph: Graph = { version: 1, app: "a", stage: "local", region: "eu-west-1", functions, routes: {}, resources };
  return unsupported(graph).map(inWords);
}

describe("unsupported resources", () => {
  it("are reported by type when the type is unknown", () => {
    expect(reportOf("aws:appsync:GraphQLApi", { authenticationType: "API_KEY" })).toEqual([
      "not supported: aws:appsync:GraphQLApi Own",
    ]);
  });

  it("are reported by property when it changes the behavior of a known resource", () => {
    expect(reportOf("aws:dynamodb:Table", { hashKey: "pk", replicas: [{ regionName: "eu-central-1" }] })).toEqual([
      "not supported: aws:dynamodb:Table Own: replicas",
    ]);
  });

  it.each([
    ["aws:apigatewayv2:Api", { protocolType: "WEBSOCKET" }, "protocolType"],
    ["aws:apigatewayv2:Stage", { stageVariables: { a: "b" } }, "stageVariables"],
    ["aws:cloudfront:Distribution", { webAclId: "arn:aws:wafv2:::acl" }, "webAclId"],
    ["aws:cognito:UserPool", { smsConfiguration: { externalId: "sms" } }, "smsConfiguration"],
    ["aws:cognito:UserPoolClient", { allowedOauthFlowsUserPoolClient: true }, "allowedOauthFlowsUserPoolClient"],
    ["aws:lambda:EventSourceMapping", { tumblingWindowInSeconds: 30 }, "tumblingWindowInSeconds"],
    ["aws:s3:BucketVersioning", { versioningConfiguration: { status: "Enabled" } }, "versioningConfiguration"],
  ])("are reported for %s with %j", (type, inputs, property) => {
    expect(reportOf(type, inputs)).toEqual([`not supported: ${type} Own: ${property}`]);
  });

  it("are reported inside blocks and lists, once each", () => {
    const shielded = { originId: "api", domainName: "example.com", originShield: { enabled: true } };
    const fenced = { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } };
    expect(reportOf("aws:cloudfront:Distribution", { origins: [shielded, shielded], restrictions: fenced })).toEqual([
      "not supported: aws:cloudfront:Distribution Own: origins.originShield, restrictions",
    ]);
  });

  it("are reported for functions as well", () => {
    const odd = { ...fn, layers: ["arn:aws:lambda:::layer"], vpc: { subnetIds: ["a"] }, runtime: "python3.13" };
    expect(reportOf("aws:s3:Bucket", {}, { Odd: odd, Plain: fn })).toEqual([
      "not supported: aws:lambda:Function Odd: runtime, layers, vpc",
    ]);
  });

  it("include a resource policy that allows principals other than AWS services", () => {
    const allow = (Principal: unknown) => ({ policy: { Statement: [{ Effect: "Allow", Principal }] } });
    expect(reportOf("aws:sqs:QueuePolicy", allow({ Service: "sns.amazonaws.com" }))).toEqual([]);
    expect(reportOf("aws:sqs:QueuePolicy", allow({ AWS: "arn:aws:iam::111122223333:root" }))).toEqual([
      "not supported: aws:sqs:QueuePolicy Own: policy",
    ]);
    expect(reportOf("aws:s3:BucketPolicy", allow("*"))).toHaveLength(1);
  });

  it("include a function URL that no distribution serves", () => {
    const resources = { "aws:lambda:FunctionUrl": { Own: { functionName: "plain" } } };
    const graph: Graph = {
      version: 1,
      app: "a",
      stage: "local",
      region: "eu-west-1",
      functions: {},
      routes: {},
      resources,
    };
    expect(unsupported(graph).map(inWords)).toEqual(["not supported: aws:lambda:FunctionUrl Own: functionUrl"]);
  });

  it("exclude empty properties and properties whose values have no effect", () => {
    expect(reportOf("aws:dynamodb:Table", { hashKey: "pk", replicas: [], tableClass: "STANDARD" })).toEqual([]);
    expect(reportOf("aws:lambda:EventSourceMapping", { parallelizationFactor: 1 })).toEqual([]);
  });
});
