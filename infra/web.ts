import { api } from "./api.ts";
import { sentOriginSecret } from "./origin-secret.ts";
import { deadLetters } from "./queue.ts";
import { revalidationSecret } from "./revalidation.ts";
import { developmentUrl, origin, router } from "./router.ts";
import { every } from "./schedules.ts";
import { readableByRouter, uploads } from "./storage.ts";

// By default, SST retries failed regenerations, batch by batch, for four days. With this queue, a message is given up
// after three attempts.
const revalidationDlq = $dev ? undefined : deadLetters("SiteRevalidationDlq", { fifo: true });
$transform(sst.aws.Queue, (args, _opts, name) => {
  if (!args || !revalidationDlq || name !== "SiteRevalidationEvents") return;
  args.dlq = { queue: revalidationDlq.arn, retry: 3 };
  // Six times the function's timeout, as AWS recommends.
  args.visibilityTimeout = "3 minutes";
});
$transform(aws.lambda.EventSourceMapping, (args, _opts, name) => {
  if (name.startsWith("SiteRevalidationEvents")) args.functionResponseTypes = ["ReportBatchItemFailures"];
});

/**
 * The site's functions, for `alarms.ts`. SST returns only some of them, so they are collected as they are created.
 * Their names are outputs, because the name among a function's arguments is a new random one in each deployment and AWS
 * keeps the old one.
 */
const created = ["Server", "ImageOptimizer", "RevalidationEvents", "RevalidationSeeder"].map((part) => ({
  part: `Site${part}`,
  ...Promise.withResolvers<aws.lambda.Function>(),
}));
$util.runtime.registerStackTransformation(({ resource, name }) => {
  if (aws.lambda.Function.isInstance(resource)) created.find(({ part }) => name.startsWith(part))?.resolve(resource);
  return undefined;
});
export const siteFunctions = created.map(({ promise }) => $output(promise).apply((fn) => fn.name));

/**
 * Disables CORS. SST's function URLs allow every origin, but browsers reach them on their own origin, through the
 * router. The placeholder of `sst dev` has no URL and must not get one.
 */
const withoutCors = (url: sst.aws.FunctionArgs["url"]) =>
  $output(url).apply((settings) => (settings ? { ...(typeof settings === "object" && settings), cors: false } : false));

/** The web app. It needs no links, because it calls the API on its own origin. */
export const web = new sst.aws.Nextjs("Site", {
  path: "packages/web",
  buildCommand: "npm run build:open-next",
  router: { instance: router },
  server: { architecture: "arm64" },
  assets: {
    // A browser requests the service worker to find a new version, so it must never receive a cached one.
    fileOptions: [{ files: "sw.js", cacheControl: "no-cache" }],
    // Open tabs and service workers load chunks of the build that they started with. RemoveOldAssets removes old ones.
    purge: false,
  },
  dev: { url: developmentUrl, command: `npm run dev -- --port ${new URL(developmentUrl).port}` },
  environment: {
    // The server calls the API directly, without the edge's cache. `next dev` also forwards browsers' requests, so it
    // calls the API through the edge.
    DAYBOOK_API_URL: $dev ? router.url : api.url,
    DAYBOOK_ORIGIN_SECRET: sentOriginSecret,
    // Feeds, social cards and search engines need absolute URLs.
    DAYBOOK_ORIGIN: origin.properties.url,
    // Browsers upload files directly to the bucket. The pages' content security policy allows it.
    DAYBOOK_UPLOAD_ORIGIN: $interpolate`https://${uploads.nodes.bucket.bucketRegionalDomainName}`,
    DAYBOOK_REVALIDATION_SECRET: revalidationSecret.properties.value,
  },
  transform: {
    assets: {
      access: undefined,
      policy: readableByRouter,
      cors: false,
    },
    // The edge waits 20 seconds for both functions.
    imageOptimizer(args) {
      args.timeout = "18 seconds";
      args.url = withoutCors(args.url);
      return undefined;
    },
    server(args) {
      args.timeout = "18 seconds";
      // SST lets the server invalidate every distribution of the account. This site invalidates none.
      args.permissions = $output(args.permissions).apply((permissions) =>
        (permissions ?? []).filter((permission) => !permission.actions.includes("cloudfront:CreateInvalidation")),
      );
      args.url = withoutCors(args.url);
      return undefined;
    },
  },
});

const { assets } = web.nodes;
// Under `sst dev`, the web app is not deployed.
if (assets) {
  every("rate(1 day)", "RemoveOldAssets", {
    handler: "packages/functions/src/schedules/remove-old-assets.handler",
    description: "Deletes files of builds of the web app that were replaced a month ago",
    link: [new sst.Linkable("SiteAssets", { properties: { name: assets.name, keptDays: 30 } })],
    permissions: [
      { actions: ["s3:ListBucket"], resources: [assets.arn] },
      { actions: ["s3:GetObject"], resources: [$interpolate`${assets.arn}/_assets/_next/static/*/files.json`] },
      {
        actions: ["s3:DeleteObject"],
        resources: [$interpolate`${assets.arn}/_assets/_next/static/*`, $interpolate`${assets.arn}/_cache/*`],
      },
    ],
    timeout: "5 minutes",
  });
}
