import { type FunctionSettings, lambda } from "./function.ts";
import { deadLetters } from "./queue.ts";
import { onIndex, onTable, tableName } from "./table.ts";

/**
 * Creates a scheduled function. A call that is not delivered within an hour is dropped, because the next call does its
 * work.
 */
export function every(schedule: sst.aws.CronV2Args["schedule"], name: string, settings: FunctionSettings): void {
  const fn = lambda(name, settings);
  new sst.aws.CronV2(`${name}Schedule`, {
    schedule,
    function: fn.arn,
    retries: 2,
    dlq: deadLetters(`${name}Dlq`).arn,
    transform: {
      schedule(args) {
        args.target = $output(args.target).apply((target) => ({
          ...target,
          retryPolicy: { ...target.retryPolicy, maximumEventAgeInSeconds: 60 * 60 },
        }));
        return undefined;
      },
    },
  });
}

every("rate(1 day)", "RemoveOrphans", {
  handler: "packages/functions/src/schedules/remove-orphans.handler",
  description: "Deletes unused uploads",
  link: [tableName],
  permissions: [
    onTable("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"),
    onIndex("gsi2"),
  ],
  timeout: "5 minutes",
});
