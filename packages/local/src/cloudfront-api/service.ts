import { edge } from "../edge/service.ts";
import type { Front } from "../iam/front.ts";
import type { Service } from "../service.ts";
import { startCloudFrontApi } from "./cloudfront-api.ts";

/** Starts before the functions, so that their environment has its endpoint. */
export const cloudFrontApi: Service<Front> = {
  types: {},
  support: {
    title: "CloudFront's API",
    implementation: "own",
    supported: ["`CreateInvalidation`"],
    unsupported: { "Other operations": "The request is refused." },
  },
  start: (ground) =>
    startCloudFrontApi({
      ...ground,
      delayMs: ground.options.invalidationMs ?? 1_000,
      invalidate: (paths) => ground.get(edge)?.invalidate(paths) ?? 0,
    }),
};
