import { gateway } from "../gateway/service.ts";
import { lambda } from "../lambda/service.ts";
import { mailbox } from "../mailbox/service.ts";
import { s3 } from "../s3/service.ts";
import type { Service } from "../service.ts";
import { type Edge, startEdge } from "./edge.ts";
import { edgeTypes } from "./supported-types.ts";

export const edge: Service<Edge | undefined> = {
  types: edgeTypes,
  support: {
    title: "CloudFront",
    implementation: "own",
    supported: [
      "Behaviors, viewer-request functions and key-value stores",
      "APIs, function URLs and buckets (files of a build, and objects) as origins, with custom headers",
      "CloudFront's changes to request headers, and 400 for malformed requests",
      "Caching by custom and managed policies: keys, `s-maxage`, `stale-while-revalidate`, `stale-if-error`, revalidation",
      "Error caching and error pages",
      "Invalidation, also by `cloud.edge.invalidate`",
      "Compression with weak tags, and ranges",
      "Response headers policies",
    ],
    unsupported: {
      "Signed URLs, Lambda@Edge before the origin, geographic restrictions": "The behavior answers 403.",
      "Other Lambda@Edge functions, viewer-response functions, a second distribution": "The log names them.",
      "Unknown cache policies": "Nothing is cached. The log names them.",
      "Web application firewall (WAF)": "Requests pass. The log names it.",
      HTTPS: "The distribution answers plain HTTP, also to a function that requests it by HTTPS.",
    },
  },
  async start(ground) {
    const { options, graph, root, log, addresses } = ground;
    if (graph.all("aws:cloudfront:Distribution").length === 0) return undefined;
    const { siteUrl } = options;
    const { url: mailUrl } = ground.get(mailbox);
    return startEdge({
      graph,
      root,
      log,
      port: addresses.edge,
      gateway: ground.get(gateway),
      invoker: ground.get(lambda),
      s3: ground.get(s3),
      about: () => ({ ...options.about?.(), mailUrl }),
      ...(siteUrl !== undefined && { siteOverride: new URL(siteUrl) }),
    });
  },
};
