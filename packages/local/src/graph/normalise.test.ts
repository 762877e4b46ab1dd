// biome-ignore-all lint/suspicious/noTemplateCurlyInString: graph references look like template placeholders.
import { describe, expect, it } from "vitest";
import { formatGraph } from "./format.ts";
import { normalise } from "./normalise.ts";
import type { Properties, RawGraph, RawResource } from "./raw.ts";
import { outputsOf } from "./synthesis/outputs.ts";

const region = "eu-west-1";
const suffix = "abcdefgh";

function resource(type: string, name: string, inputs: Properties = {}): RawResource {
  const [app, stage] = ["shop", "test"];
  const outputs = outputsOf(type, name, inputs, region);
  const urn = `urn:pulumi:${stage}::${app}::${type}::${name}`;
  return { urn, type, name, custom: true, protect: false, retainOnDelete: false, dependencies: [], inputs, outputs };
}
const named = (type: string, name: string, inputs: Properties = {}) =>
  resource(type, name, { name: `shop-test-${name}-${suffix}`, ...inputs });
const output = ({ outputs }: RawResource, attribute: string) => outputs[attribute] ?? null;

const table = named("aws:dynamodb/table:Table", "OrdersTable", { hashKey: "pk", tags: { team: "a" } });
const statement = { Effect: "Allow", Action: "dynamodb:Query", Resource: `${output(table, "arn")}/index/*` };
const role = named("aws:iam/role:Role", "OrderRole", {
  inlinePolicies: [{ name: "inline", policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }],
  managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
});
const attached = resource("aws:iam/rolePolicy:RolePolicy", "OrderQueues", {
  role: output(role, "name"),
  policy: JSON.stringify({
    Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:::any" }],
  }),
});
const failures = named("aws:sqs/queue:Queue", "FailuresQueue");
const order = named("aws:lambda/function:Function", "OrderFunction", {
  role: output(role, "arn"),
  runtime: "nodejs24.x",
  architectures: ["arm64"],
  memorySize: 1024,
  timeout: 10,
  deadLetterConfig: { targetArn: output(failures, "arn") },
  environment: { variables: { SST_KEY: "secret", TABLE: output(table, "name") } },
});
const permission = resource("aws:lambda/permission:Permission", "OrderPermission", {
  function: output(order, "arn"),
  principal: "apigateway.amazonaws.com",
});
const api = named("aws:apigatewayv2/api:Api", "ApiApi", { protocolType: "HTTP" });
const integration = resource("aws:apigatewayv2/integration:Integration", "OrderIntegration", {
  apiId: output(api, "id"),
  integrationType: "AWS_PROXY",
  integrationUri: output(order, "arn"),
  payloadFormatVersion: "2.0",
});
const route = resource("aws:apigatewayv2/route:Route", "OrderRoute", {
  apiId: output(api, "id"),
  routeKey: "POST /orders",
  target: `integrations/${output(integration, "id")}`,
});
const policy = resource("aws:sqs/queuePolicy:QueuePolicy", "OrdersPolicy", {
  policy: JSON.stringify({ Statement: [] }),
  owner: "arn:aws:iam::123456789012:root",
});

const raw: RawGraph = {
  app: "shop",
  stage: "test",
  region,
  removal: "remove",
  protect: false,
  account: "123456789012",
  suffix,
  resources: [table, role, attached, failures, order, permission, api, integration, route, policy],
  builds: [
    {
      functionID: "Order",
      handler: "functions/order.create",
      runtime: "nodejs24.x",
      properties: { architecture: "arm64", minify: true },
      links: { Api: { url: output(api, "apiEndpoint") } },
      copyFiles: [],
    },
  ],
};
const graph = normalise(raw);

describe("normalise", () => {
  it("merges a function, its build, its links and its role into one entry", () => {
    expect(graph.functions).toEqual({
      OrderFunction: {
        handler: "functions/order.create",
        build: { minify: true },
        links: { Api: { url: "${ApiApi.apiEndpoint}" } },
        runtime: "nodejs24.x",
        architecture: "arm64",
        memory: 1024,
        timeout: 10,
        deadLetter: "${FailuresQueue.arn}",
        environment: { TABLE: "${OrdersTable.id}" },
        policy: [
          { Effect: "Allow", Action: "dynamodb:Query", Resource: "${OrdersTable.arn}/index/*" },
          { Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:::any" },
        ],
        invokedBy: ["apigateway.amazonaws.com"],
      },
    });
  });

  it("merges a route and its integration into one entry", () => {
    expect(graph.routes).toEqual({ ApiApi: { "POST /orders": { function: "${OrderFunction.arn}" } } });
  });

  it("keeps other inputs of a function that change how it runs", () => {
    const inputs = { ...order.inputs, layers: ["arn:aws:lambda:::layer"], packageType: "Zip", publish: false };
    const layered = normalise({ ...raw, resources: [role, { ...order, inputs }] });
    expect(layered.functions.OrderFunction).toMatchObject({ layers: ["arn:aws:lambda:::layer"] });
    expect(layered.functions.OrderFunction).not.toHaveProperty("packageType");
  });

  it("keeps the permissions boundary of a function's role", () => {
    const bounded = { ...role, inputs: { ...role.inputs, permissionsBoundary: "arn:aws:iam::aws:policy/Limits" } };
    const { functions } = normalise({ ...raw, resources: [bounded, order] });
    expect(functions.OrderFunction?.permissionsBoundary).toBe("arn:aws:iam::aws:policy/Limits");
  });

  it("writes a route's authorization into its entry", () => {
    const routeWith = (inputs: Properties) =>
      normalise({ ...raw, resources: [order, api, integration, { ...route, inputs: { ...route.inputs, ...inputs } }] })
        .routes.ApiApi?.["POST /orders"];
    const entry = { function: "${OrderFunction.arn}" };
    expect(routeWith({ authorizationType: "NONE" })).toEqual(entry);
    expect(routeWith({ authorizationType: "AWS_IAM" })).toEqual({ ...entry, authorization: "AWS_IAM" });
    expect(routeWith({ authorizationType: "JWT", authorizerId: "users" })).toEqual({ ...entry, authorizer: "users" });
    expect(routeWith({ authorizationType: "CUSTOM", authorizerId: "own" })).toEqual({ ...entry, authorizer: "own" });
    expect(routeWith({ authorizationType: "JWT" })).toEqual({ ...entry, authorization: "JWT" });
  });

  it("keeps the entry of a route that it cannot fully describe, without its function", () => {
    const inputs = { ...route.inputs, authorizationType: "AWS_IAM", apiKeyRequired: true };
    const closed = normalise({ ...raw, resources: [api, integration, { ...route, inputs }] });
    expect(closed.routes).toEqual({ ApiApi: { "POST /orders": { authorization: "AWS_IAM" } } });
    expect(closed.resources).toMatchObject({
      "aws:apigatewayv2:Route": { OrderRoute: { authorizationType: "AWS_IAM" } },
      "aws:apigatewayv2:Integration": {},
    });
  });

  it("groups other resources by type, without tags and AWS names, and parses JSON in their strings", () => {
    expect(graph.resources).toEqual({
      "aws:apigatewayv2:Api": { ApiApi: { protocolType: "HTTP" } },
      "aws:dynamodb:Table": { OrdersTable: { hashKey: "pk" } },
      "aws:sqs:Queue": { FailuresQueue: {} },
      "aws:sqs:QueuePolicy": { OrdersPolicy: { owner: "arn:aws:iam::${account}:root", policy: { Statement: [] } } },
    });
  });

  it("does not depend on the order of registration", () => {
    const reversed = normalise({ ...raw, resources: raw.resources.toReversed() });
    expect(formatGraph(reversed)).toBe(formatGraph(graph));
  });
});

describe("formatGraph", () => {
  it("writes one property per line, and short lists of strings on one line", () => {
    const text = formatGraph({
      ...graph,
      resources: { "aws:x:Y": { Y: { a: ["b", "c"], d: [{ e: 1 }], f: [], g: {} } } },
    });
    expect(text.slice(text.indexOf('"aws:x:Y"'))).toBe(`"aws:x:Y": {
      "Y": {
        "a": ["b", "c"],
        "d": [
          {
            "e": 1
          }
        ],
        "f": [],
        "g": {}
      }
    }
  }
}
`);
    expect(JSON.parse(formatGraph(graph))).toEqual(graph);
  });
});

describe("bucket files of a build", () => {
  const file = (name: string, cacheControl: string) => ({
    source: `site/.open-next/assets/${name}`,
    key: `_assets/${name}`,
    cacheControl,
  });
  const foldersOf = (purge: boolean, ...files: Properties[]) =>
    normalise({
      ...raw,
      resources: [
        resource("pulumi-nodejs:dynamic:Resource", "Files.sst.aws.BucketFiles", { bucketName: "assets", files, purge }),
      ],
    }).resources["sst:aws:BucketFiles"]?.Files;

  it("are grouped by folder, except files with a different cache header", () => {
    const all = [file("worker.js", "no-cache"), file("_next/a.js", "immutable"), file("BUILD_ID", "short")];
    const [from, to] = ["site/.open-next/assets", "_assets"];
    expect(foldersOf(false, ...all, file("icon.svg", "short"))).toEqual({
      bucketName: "assets",
      folders: [
        { from, to, files: ["worker.js"], cacheControl: "no-cache" },
        { from, to, cacheControl: "short" },
        { from: `${from}/_next`, to: `${to}/_next`, cacheControl: "immutable" },
      ],
    });
  });

  it("mark folders from which earlier files are removed", () => {
    expect(foldersOf(true)).toMatchObject({ purge: true });
  });
});
