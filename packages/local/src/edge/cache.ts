import type { OriginResponse } from "./origin.ts";

/**
 * What CloudFront's cache says of an answer. This is where its policy is decided: nothing is kept yet, so every answer comes
 * from its origin, and no error is ever repeated from a cache.
 */
export const cacheStatus = ({ status }: OriginResponse): string =>
  status >= 400 ? "Error from cloudfront" : "Miss from cloudfront";
