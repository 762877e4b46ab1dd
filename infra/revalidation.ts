import { lambda } from "./function.ts";
import { receive, workQueue } from "./queue.ts";
import { distributionArn, origin, router } from "./router.ts";
import { onTable, tableName } from "./table.ts";
import { tell } from "./topic.ts";

// SST evaluates the program once before it installs the provider's package.
const { RandomPassword } = await import("@pulumi/random");

/** Secret that authorizes the site's deployment to regenerate pages. It is random, and no person needs to know it. */
export const revalidationSecret = new sst.Linkable("RevalidationSecret", {
  properties: { value: new RandomPassword("RevalidationPassword", { length: 40, special: false }).result },
});

/** Id of the distribution, to invalidate its cache. */
const distributionId = new sst.Linkable("Distribution", {
  properties: { id: router.nodes.cdn.nodes.distribution.id },
});

const revalidations = workQueue("Revalidations", {
  // Six times the function's timeout, as AWS recommends.
  visibilityTimeout: "3 minutes",
  deadLetters: "RevalidationDlq",
});
tell(revalidations, "Revalidations", ["page.changed", "comment.changed", "author.changed"]);

const revalidate = lambda("Revalidate", {
  handler: "packages/functions/src/subscribers/revalidate.handler",
  description: "Revalidates the site's pages and invalidates the edge cache after a change",
  link: [tableName, origin, distributionId, revalidationSecret],
  permissions: [
    onTable("dynamodb:BatchGetItem"),
    { actions: ["cloudfront:CreateInvalidation"], resources: [distributionArn] },
    receive(revalidations),
  ],
  timeout: "30 seconds",
});
// Messages of one batch share one invalidation.
revalidations.subscribe(revalidate.arn, { batch: { size: 10, partialResponses: true } });
