import { distributionArn, origin, router } from "./router.ts";

/** Removes incomplete uploads, which are invisible but cost money. */
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

/** Lets only this distribution read files. SST's `access: "cloudfront"` also allows distributions of other accounts. */
export const readableByRouter: sst.aws.BucketArgs["policy"] = [
  {
    actions: ["s3:GetObject"],
    principals: [{ type: "service", identifiers: ["cloudfront.amazonaws.com"] }],
    conditions: [{ test: "StringEquals", variable: "aws:SourceArn", values: [distributionArn] }],
    paths: ["*"],
  },
];

/**
 * Private files of users. Browsers upload them below `incoming/`, with a form that the API has presigned. Files that
 * are not claimed within a day are removed. Below `private/`, each user has a folder.
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

/**
 * Public files, served at `/media` of the public origin. Their names change with their content, so they are cached
 * forever.
 */
export const media = new sst.aws.Bucket("Media", {
  cors: false,
  policy: readableByRouter,
  lifecycle: [brokenOff.rule],
  transform: brokenOff.transform,
});
router.routeBucket("/media", media, { rewrite: { regex: "^/media/(.*)$", to: "/$1" } });

/** Links only the buckets' names. Linking a bucket itself would grant every action on it. */
export const uploadsName = new sst.Linkable("UploadsName", { properties: { name: uploads.name } });
export const mediaName = new sst.Linkable("MediaName", { properties: { name: media.name } });
