/** Parcels by id, and what happened to them. */
export const parcels = new sst.aws.Dynamo("Parcels", {
  fields: { id: "string", part: "string" },
  primaryIndex: { hashKey: "id", rangeKey: "part" },
  stream: "new-and-old-images",
});

/** Where parcels end whose arrival could not be booked. */
export const lost = new sst.aws.Queue("Lost");

const unprintable = new sst.aws.Queue("Unprintable");

/** Labels to print; one that fails twice is put aside. */
export const labels = new sst.aws.Queue("Labels", { dlq: { queue: unprintable.arn, retry: 2 } });

export const photos = new sst.aws.Bucket("Photos");

export const news = new sst.aws.SnsTopic("News");

/** Takes only the news of express parcels. */
export const express = new sst.aws.Queue("Express");

export const settings = new sst.Linkable("Settings", { properties: { depot: "Frankfurt" } });
