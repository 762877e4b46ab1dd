import type { ResolvedGraph } from "./graph/graph.ts";

/** Types that an emulator carries out. */
const provisioned: ReadonlySet<string> = new Set([
  "aws:apigatewayv2:Api",
  "aws:apigatewayv2:Authorizer",
  "aws:apigatewayv2:Stage",
  "aws:cloudfront:CachePolicy",
  "aws:cloudfront:Distribution",
  "aws:cloudfront:Function",
  "aws:cloudfront:KeyValueStore",
  "aws:cloudfront:ResponseHeadersPolicy",
  "aws:cognito:UserPool",
  "aws:cognito:UserPoolClient",
  "aws:dynamodb:Table",
  "aws:lambda:EventSourceMapping",
  "aws:lambda:FunctionUrl",
  "aws:s3:Bucket",
  "aws:sesv2:EmailIdentity",
  "aws:sqs:Queue",
  "sst:aws:BucketFiles",
  "sst:aws:KvKeys",
  "sst:aws:KvRoutesUpdate",
]);

/** Types that have nothing to do on a laptop, each with the reason. */
const needless: Readonly<Record<string, string>> = {
  "aws:cloudfront:OriginAccessControl": "the edge reads the bucket's folder itself; nothing else reaches it",
  "aws:cloudfront:OriginAccessIdentity": "the edge reads the bucket's folder itself; nothing else reaches it",
  "aws:iam:Role": "a role that no function assumes",
  "aws:lambda:Permission": "the local services invoke the functions that the graph connects to them",
  "aws:s3:BucketPolicy": "the S3 front lets nobody in but the principals of the graph",
  "aws:s3:BucketPublicAccessBlock": "the S3 front lets nobody in but the principals of the graph",
  "aws:s3:BucketVersioning": "old versions are not kept",
  "aws:sesv2:ConfigurationSet": "local mail neither bounces nor complains",
};

/** What of the graph the local cloud does not carry out: a difference from AWS that nobody should find by accident. */
export function unsupported(graph: ResolvedGraph): { type: string; names: string[] }[] {
  return graph.types
    .filter((type) => !provisioned.has(type) && !(type in needless))
    .map((type) => ({ type, names: graph.all(type).map((resource) => resource.name) }));
}
