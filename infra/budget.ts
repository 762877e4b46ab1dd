import { policyOf } from "./stage.ts";

const { monthlyBudget, alarmAddress } = policyOf($app.stage);

/**
 * Budget of the whole account. AWS can separate stages only after their cost allocation tags were activated in the
 * billing console.
 */
if (monthlyBudget !== undefined) {
  if (alarmAddress === undefined) {
    throw new Error(
      `\`monthlyBudget\` of ${$app.stage} in infra/options.ts notifies no one. Set \`alarmAddress\`, too.`,
    );
  }
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
    notifications: [notice(alarmAddress, "ACTUAL", 80), notice(alarmAddress, "FORECASTED", 100)],
  });
}
