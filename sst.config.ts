/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { brand } = await import("./packages/core/src/brand.ts");
    const { policyOf } = await import("./infra/stage.ts");
    const { removal, protect, region } = policyOf(input.stage);
    return { name: brand.id, home: "aws", removal, protect, providers: { aws: { region } } };
  },
  async run() {
    // SST shows errors of this function only, not of `app`.
    const { checkNode } = await import("./infra/node.ts");
    checkNode(process.versions.node);
    // Settings that apply to every function must be registered before the first function is created.
    await import("./infra/function.ts");
    const { router } = await import("./infra/router.ts");
    await import("./infra/api.ts");
    await import("./infra/events.ts");
    await import("./infra/blog.ts");
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
