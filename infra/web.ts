import { api } from "./api.ts";
import { sentOriginSecret } from "./origin-secret.ts";
import { deadLetters } from "./queue.ts";
import { revalidationSecret } from "./revalidation.ts";
import { developmentUrl, origin, router } from "./router.ts";
import { readableByRouter, uploads } from "./storage.ts";

// SST would repeat for four days, a batch at a time, what a page that cannot be made anew fails at.
const revalidationDlq = $dev ? undefined : deadLetters("SiteRevalidationDlq", { fifo: true });
$transform(sst.aws.Queue, (args, _opts, name) => {
  if (!args || !revalidationDlq || name !== "SiteRevalidationEvents") return;
  args.dlq = { queue: revalidationDlq.arn, retry: 3 };
  // Six times the function's timeout, as AWS advises.
  args.visibilityTimeout = "3 minutes";
});
$transform(aws.lambda.EventSourceMapping, (args, _opts, name) => {
  if (name.startsWith("SiteRevalidationEvents")) args.functionResponseTypes = ["ReportBatchItemFailures"];
});

/**
 * The functions of the site, for `alarms.ts`. SST returns only some of them, so this collects them as they are created. Their names are
 * outputs: the name among a function's arguments is a new random one at each deployment, which AWS does not take over.
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
 * SST's function URLs allow every origin. Browsers reach these on their own origin, through the router. The placeholder of `sst dev` has
 * no URL, and must not get one.
 */
const withoutCors = (url: sst.aws.FunctionArgs["url"]) =>
  $output(url).apply((settings) => (settings ? { ...(typeof settings === "object" && settings), cors: false } : false));

/** The web app. It needs no links: it talks to the API on its own origin. */
export const web = new sst.aws.Nextjs("Site", {
  path: "packages/web",
  buildCommand: "npm run build:open-next",
  router: { instance: router },
  server: { architecture: "arm64" },
  assets: {
    // A browser asks for the service worker to learn of a new version. It must never get an old one.
    fileOptions: [{ files: "sw.js", cacheControl: "no-cache" }],
    // Open tabs and service workers still load the chunks of the build that they started with.
    purge: false,
  },
  dev: { url: developmentUrl, command: `npm run dev -- --port ${new URL(developmentUrl).port}` },
  environment: {
    // The server reads the API past the edge's cache. `next dev` passes browsers' requests on as well, and so goes through the edge.
    DAYBOOK_API_URL: $dev ? router.url : api.url,
    DAYBOOK_ORIGIN_SECRET: sentOriginSecret,
    // Feeds, cards and search engines want whole addresses.
    DAYBOOK_ORIGIN: origin.properties.url,
    // Browsers post files straight to their bucket; the policy of pages lets them.
    DAYBOOK_UPLOAD_ORIGIN: $interpolate`https://${uploads.nodes.bucket.bucketRegionalDomainName}`,
    DAYBOOK_REVALIDATION_SECRET: revalidationSecret.properties.value,
  },
  transform: {
    assets: {
      access: undefined,
      policy: readableByRouter,
      cors: false,
    },
    // The edge waits 20 seconds for either.
    imageOptimizer(args) {
      args.timeout = "18 seconds";
      args.url = withoutCors(args.url);
      return undefined;
    },
    server(args) {
      args.timeout = "18 seconds";
      // SST lets the server invalidate every distribution of the account; this site invalidates none.
      args.permissions = $output(args.permissions).apply((permissions) =>
        (permissions ?? []).filter((permission) => !permission.actions.includes("cloudfront:CreateInvalidation")),
      );
      args.url = withoutCors(args.url);
      return undefined;
    },
  },
});
