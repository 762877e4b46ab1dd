import { SiteEvent } from "@daybook/core/events.blog";
import { httpSite } from "@daybook/core/revalidation/site";
import { cloudFrontEdge } from "@daybook/core/revalidation/site.edge";
import { refresh } from "@daybook/core/revalidation/site.refresh";
import "../database.ts";
import { describeError, logger } from "../log.ts";
import { blogResources } from "../resources.blog.ts";
import { resources } from "../resources.ts";
import { consumeQueueInGroups } from "./grouped-queue-consumer.ts";
import { json } from "./queue-consumer.ts";

const site = httpSite(resources.origin, blogResources.revalidationSecret);
const edge = cloudFrontEdge(blogResources.distributionId);
const onUnprepared = (path: string, error: unknown) => logger.warn("unprepared", { path, error: describeError(error) });

/** Refreshes the site after events. All events of a batch have one subject, the site. */
export const handler = consumeQueueInGroups(
  "revalidate",
  json(SiteEvent),
  () => "site",
  (_, events) => refresh(events, { site, edge, onUnprepared }),
);
