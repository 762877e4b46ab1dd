import { readFileSync } from "node:fs";
import path from "node:path";
import type { Graph } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/command.ts";
import { functionNamed, readGraph, sentences } from "./stages.ts";

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph();
});
const resource = (type: string, name: string) => graph.resources[type]?.[name];
const permissionsOf = (name: string) => sentences(functionNamed(graph, name).policy);

describe("pictures", () => {
  it("are processed on ARM by the tested version of sharp, which is installed beside the bundle", () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(root, "packages/core/package.json"), "utf8"));
    expect(functionNamed(graph, "MakeVariantsFunction")).toMatchObject({
      architecture: "arm64",
      build: { install: { sharp: dependencies.sharp } },
      memory: 2048,
      timeout: 60,
    });
  });

  it("are processed when they arrive below incoming, one file at a time", () => {
    expect(resource("aws:s3:BucketNotification", "UploadsNotificationsNotification")).toEqual({
      bucket: `\${UploadsBucket.id}`,
      queues: [
        {
          id: "Arrived",
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "incoming/",
          queueArn: `\${UploadJobsQueue.arn}`,
        },
      ],
    });
    const mappings = Object.values(graph.resources["aws:lambda:EventSourceMapping"] ?? {});
    expect(mappings.find(({ eventSourceArn }) => eventSourceArn === `\${UploadJobsQueue.arn}`)).toMatchObject({
      functionName: `\${MakeVariantsFunction.arn}`,
      batchSize: 1,
    });
  });

  it("are processed only for events of the app's own bucket", () => {
    const policy = resource("aws:sqs:QueuePolicy", "UploadsNotificationsNotificationArrivedPolicy")?.policy;
    expect(Object(policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Principal: { Service: "s3.amazonaws.com" },
        Resource: `\${UploadJobsQueue.arn}`,
        Condition: {
          ArnEquals: { "aws:SourceArn": `\${UploadsBucket.arn}` },
          StringEquals: { "aws:SourceAccount": `\${account}` },
        },
      },
    ]);
  });

  it("are processed, signed and removed with only the permissions that are needed", () => {
    const queues = /^sqs:/;
    const rights = ["CreateMediaFunction", "MakeVariantsFunction", "RemoveFilesFunction", "RemoveOrphansFunction"].map(
      (name) => [name, permissionsOf(name).filter((right) => !queues.test(right))],
    );
    expect(Object.fromEntries(rights)).toMatchInlineSnapshot(`
      {
        "CreateMediaFunction": [
          "dynamodb:PutItem, dynamodb:UpdateItem on TableTable",
          "s3:PutObject on UploadsBucket/incoming/*",
        ],
        "MakeVariantsFunction": [
          "dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
          "s3:GetObject, s3:DeleteObject on UploadsBucket/incoming/*",
          "s3:PutObject, s3:DeleteObject on MediaBucket/med_*",
          "s3:ListBucket on UploadsBucket, MediaBucket",
        ],
        "RemoveFilesFunction": [
          "s3:DeleteObject on MediaBucket/med_*",
          "s3:ListBucket on MediaBucket",
        ],
        "RemoveOrphansFunction": [
          "dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:Query, dynamodb:UpdateItem on TableTable",
          "dynamodb:Query on TableTable/index/gsi2",
        ],
      }
    `);
  });

  it("can be uploaded only from the app's pages, which know the upload origin", () => {
    expect(resource("aws:s3:BucketCorsConfiguration", "UploadsCors")?.corsRules).toMatchObject([
      { allowedMethods: ["POST"], allowedOrigins: [`\${RouterCdnDistribution.url}`] },
    ]);
    const servers = Object.entries(graph.functions).filter(([name]) => name.startsWith("SiteServer"));
    expect(servers).toHaveLength(1);
    for (const [, { environment }] of servers) {
      expect(environment?.DAYBOOK_UPLOAD_ORIGIN).toBe(`https://\${UploadsBucket.bucketRegionalDomainName}`);
    }
  });
});
