/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const brand = await import("./packages/core/src/brand.ts");
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
    await import("./infra/program.ts");
    return { url: router.url };
  },
});
