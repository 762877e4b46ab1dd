/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { policyOf } = await import("./infra/stage.ts");
    const { removal, protect, region } = policyOf(input.stage);
    return { name: "daybook", home: "aws", removal, protect, providers: { aws: { region } } };
  },
  async run() {
    // What every function has in common must be said before the first one is made.
    await import("./infra/function.ts");
    const { router } = await import("./infra/router.ts");
    await import("./infra/api.ts");
    await import("./infra/events.ts");
    await import("./infra/revalidation.ts");
    await import("./infra/storage.ts");
    await import("./infra/media.ts");
    await import("./infra/schedules.ts");
    await import("./infra/identity-pool.ts");
    await import("./infra/web.ts");
    await import("./infra/alarms.ts");
    await import("./infra/budget.ts");
    return { url: router.url };
  },
});
