import { express, labels, lost, news, parcels, photos } from "./resources.ts";

parcels.subscribe(
  "Book",
  {
    handler: "functions/subscribers.book",
    link: [parcels],
    permissions: [{ actions: ["sqs:SendMessage"], resources: [lost.arn] }],
  },
  {
    filters: [{ eventName: ["INSERT"], dynamodb: { Keys: { part: { S: ["parcel"] } } } }],
    transform: {
      eventSourceMapping: {
        maximumRetryAttempts: 1,
        bisectBatchOnFunctionError: true,
        destinationConfig: { onFailure: { destinationArn: lost.arn } },
      },
    },
  },
);

labels.subscribe({ handler: "functions/subscribers.print", link: [parcels] });

photos.notify({
  notifications: [
    {
      name: "Attach",
      function: { handler: "functions/subscribers.attach", link: [parcels, photos] },
      events: ["s3:ObjectCreated:*"],
      filterSuffix: ".jpg",
    },
  ],
});

news.subscribeQueue("Express", express, { filter: { speed: ["express"] } });
express.subscribe({ handler: "functions/subscribers.hurry", link: [parcels] });

new sst.aws.CronV2("Count", {
  schedule: "rate(1 minute)",
  function: { handler: "functions/subscribers.count", link: [parcels] },
});
