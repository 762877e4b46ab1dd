import { policyOf } from "./stage.ts";

const { monthlyBudget, alarmAddress } = policyOf($app.stage);

/** What the account may cost: AWS cannot tell stages apart before somebody has activated their tags in its billing console. */
if (monthlyBudget !== undefined) {
  const notice = (address: string, notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberEmailAddresses: [address],
  });
  new aws.budgets.Budget("Budget", {
    budgetType: "COST",
    limitAmount: String(monthlyBudget),
    limitUnit: "USD",
    timeUnit: "MONTHLY",
    ...(alarmAddress !== undefined && {
      notifications: [notice(alarmAddress, "ACTUAL", 80), notice(alarmAddress, "FORECASTED", 100)],
    }),
  });
}
