/** Parcels by id, with their notes. */
export const parcels = new sst.aws.Dynamo("Parcels", {
  fields: { id: "string", part: "string" },
  primaryIndex: { hashKey: "id", rangeKey: "part" },
  stream: "new-and-old-images",
});

/** Receives stream records of parcels that could not be booked. */
export const lost = new sst.aws.Queue("Lost");

const unprintable = new sst.aws.Queue("Unprintable");

/** Labels to print. A label that fails twice goes to the dead-letter queue. */
export const labels = new sst.aws.Queue("Labels", { dlq: { queue: unprintable.arn, retry: 2 } });

export const photos = new sst.aws.Bucket("Photos");

export const news = new sst.aws.SnsTopic("News");

/** Receives only news of express parcels. */
export const express = new sst.aws.Queue("Express");

export const settings = new sst.Linkable("Settings", { properties: { depot: "Frankfurt" } });
