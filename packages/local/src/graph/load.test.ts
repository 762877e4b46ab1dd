// biome-ignore-all lint/suspicious/noTemplateCurlyInString: graph references look like template placeholders.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Graph } from "./graph.ts";
import { GraphInvalidError, loadGraph, resolveGraph } from "./load.ts";

const graph: Graph = {
  version: 1,
  app: "shop",
  stage: "local",
  region: "eu-west-1",
  functions: {
    OrderFunction: {
      handler: "functions/order.create",
      runtime: "nodejs24.x",
      memory: 1024,
      timeout: 10,
      environment: { QUEUE_URL: "${MailQueue.url}" },
      links: { Site: { url: "${CdnDistribution.url}", host: "${ApiApi.apiEndpoint:host}" } },
      policy: [
        { Effect: "Allow", Action: "dynamodb:Query", Resource: ["${OrdersTable.arn}", "${OrdersTable.arn}/index/*"] },
      ],
      invokedBy: ["apigateway.amazonaws.com ${ApiApi.executionArn}/*"],
    },
  },
  routes: { ApiApi: { "POST /orders": { function: "${OrderFunction.arn}", authorizer: "${Jwt.id}" } } },
  resources: {
    "aws:apigatewayv2:Api": { ApiApi: { protocolType: "HTTP" } },
    "aws:apigatewayv2:Authorizer": {
      Jwt: { jwtConfiguration: { issuer: "https://cognito-idp.eu-west-1.amazonaws.com/${BuyersUserPool.id}" } },
    },
    "aws:cloudfront:Distribution": { CdnDistribution: {} },
    "aws:cognito:UserPool": { BuyersUserPool: {} },
    "aws:cognito:UserPoolClient": { WebClient: { name: "Web", userPoolId: "${BuyersUserPool.id}" } },
    "aws:dynamodb:Table": { OrdersTable: { hashKey: "pk" } },
    "aws:sqs:Queue": { MailQueue: { fifoQueue: true }, OrdersQueue: {} },
  },
};

const local = resolveGraph(graph, {
  url(type, name, _inputs, physicalName) {
    if (type === "aws:apigatewayv2:Api") return `http://127.0.0.1:4001/${name}`;
    if (type === "aws:cloudfront:Distribution") return "http://localhost:3000";
    if (type === "aws:sqs:Queue") return `http://127.0.0.1:4002/000000000000/${physicalName}`;
    return undefined;
  },
});
const [order] = local.functions;

describe("resolveGraph", () => {
  it("names a function as on AWS, and finds it by each of its names", () => {
    expect(order).toMatchObject({
      name: "OrderFunction",
      physicalName: "shop-local-OrderFunction",
      arn: "arn:aws:lambda:eu-west-1:000000000000:function:shop-local-OrderFunction",
      roleArn: "arn:aws:iam::000000000000:role/shop-local-OrderFunction",
    });
    const arn = "arn:aws:lambda:eu-west-1:000000000000:function:shop-local-OrderFunction";
    const invocation = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
    for (const reference of ["OrderFunction", "shop-local-OrderFunction", arn, `${arn}:live`, invocation]) {
      expect(local.functionOf(reference), reference).toBe(order);
    }
    expect(local.functionOf("Other")).toBeUndefined();
  });

  it("keeps the input `name` as `inputName`", () => {
    const [client] = local.all("aws:cognito:UserPoolClient");
    expect(client).toMatchObject({ name: "WebClient", inputName: "Web" });
  });

  it("resolves policies to ARNs of the account", () => {
    const table = "arn:aws:dynamodb:eu-west-1:000000000000:table/shop-local-OrdersTable";
    expect(order?.policy?.[0]?.Resource).toEqual([table, `${table}/index/*`]);
    expect(resolveGraph(graph, { account: "111122223333" }).all("aws:dynamodb:Table")[0]?.arn).toContain(
      ":111122223333:",
    );
  });

  it("resolves links and the environment to local URLs", () => {
    expect(order?.links).toEqual({ Site: { url: "http://localhost:3000", host: "127.0.0.1:4001" } });
    expect(order?.environment).toEqual({
      QUEUE_URL: "http://127.0.0.1:4002/000000000000/shop-local-MailQueue.fifo",
    });
  });

  it("keeps AWS's formats for all other values, including the token issuer", () => {
    const [pool] = local.all("aws:cognito:UserPool");
    const [authorizer] = local.all("aws:apigatewayv2:Authorizer");
    expect(pool?.id).toMatch(/^eu-west-1_[a-z0-9]{9}$/);
    expect(authorizer?.jwtConfiguration).toEqual({
      issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${pool?.id}`,
    });
    expect(local.routes.ApiApi?.["POST /orders"]).toEqual({ function: order?.arn, authorizer: authorizer?.id });
    expect(resolveGraph(graph).all("aws:cloudfront:Distribution")[0]?.url).toMatch(/^https:\/\/d\w+\.cloudfront\.net$/);
  });

  it("lists resources by type, with their names in the graph", () => {
    expect(local.all("aws:sqs:Queue").map(({ name, id, arn }) => [name, id, arn])).toEqual([
      [
        "MailQueue",
        "http://127.0.0.1:4002/000000000000/shop-local-MailQueue.fifo",
        "arn:aws:sqs:eu-west-1:000000000000:shop-local-MailQueue.fifo",
      ],
      [
        "OrdersQueue",
        "http://127.0.0.1:4002/000000000000/shop-local-OrdersQueue",
        "arn:aws:sqs:eu-west-1:000000000000:shop-local-OrdersQueue",
      ],
    ]);
    expect(local.all("aws:cognito:UserPoolClient")[0]).toMatchObject({ name: "WebClient" });
    expect(local.all("aws:sns:Topic")).toEqual([]);
    expect(local.types).toContain("aws:dynamodb:Table");
  });

  it("generates the same ids each time, and other ids for another stage", () => {
    const ids = (stage: string) => resolveGraph({ ...graph, stage }).all("aws:cognito:UserPoolClient")[0]?.id;
    expect(ids("local")).toBe(ids("local"));
    expect(ids("local")).not.toBe(ids("test"));
  });

  it("refuses a reference to a resource that is not in the graph", () => {
    const broken: Graph = { ...graph, routes: { ApiApi: { "GET /": { function: "${GoneFunction.arn}" } } } };
    expect(() => resolveGraph(broken)).toThrow(GraphInvalidError);
    expect(() => resolveGraph(broken)).toThrow("${GoneFunction.arn}");
  });
});

describe("loadGraph", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "graph-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reads a graph from a file", async () => {
    const file = path.join(folder, "graph.json");
    await writeFile(file, JSON.stringify(graph));
    expect(loadGraph(file)).toMatchObject({ app: "shop", stage: "local", account: "000000000000" });
  });
});
