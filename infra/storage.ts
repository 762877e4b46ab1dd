import { distributionArn, origin, router } from "./router.ts";

/** Uploads that were broken off would be paid for and never be seen. */
const brokenOff = {
  rule: { id: "BrokenOff" },
  transform: {
    lifecycle(args: aws.s3.BucketLifecycleConfigurationArgs) {
      args.rules = $output(args.rules).apply((rules) =>
        (rules ?? []).map((rule) =>
          rule.id === "BrokenOff"
            ? { ...rule, filter: {}, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } }
            : rule,
        ),
      );
      return undefined;
    },
  },
};

/** The distribution reads files, and nobody else: SST's own `access: "cloudfront"` lets in the distributions of other accounts as well. */
export const readableByRouter: sst.aws.BucketArgs["policy"] = [
  {
    actions: ["s3:GetObject"],
    principals: [{ type: "service", identifiers: ["cloudfront.amazonaws.com"] }],
    conditions: [{ test: "StringEquals", variable: "aws:SourceArn", values: [distributionArn] }],
    paths: ["*"],
  },
];

/**
 * What people have sent, for nobody else to read. It arrives below `incoming/`, straight from the browser, by a form that the API has
 * signed; what is not claimed there within a day is removed. Below `private/` each user has a place of their own.
 */
export const uploads = new sst.aws.Bucket("Uploads", {
  cors: {
    allowOrigins: [origin.properties.url],
    allowMethods: ["POST"],
    allowHeaders: ["content-type"],
    exposeHeaders: ["ETag"],
    maxAge: "1 hour",
  },
  lifecycle: [{ id: "Unclaimed", prefix: "incoming/", expiresIn: "1 day" }, brokenOff.rule],
  transform: brokenOff.transform,
});

/** What everybody may see, at `/media` of the public origin: below names that change with what is in them, so that it is kept for ever. */
export const media = new sst.aws.Bucket("Media", {
  cors: false,
  policy: readableByRouter,
  lifecycle: [brokenOff.rule],
  transform: brokenOff.transform,
});
router.routeBucket("/media", media, { rewrite: { regex: "^/media/(.*)$", to: "/$1" } });

/** The buckets' names alone: linking a bucket itself would grant every action on it. */
export const uploadsName = new sst.Linkable("UploadsName", { properties: { name: uploads.name } });
export const mediaName = new sst.Linkable("MediaName", { properties: { name: media.name } });
