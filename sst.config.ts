/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const production = input.stage === "production";
    return {
      name: "daybook",
      home: "aws",
      removal: production ? "retain" : "remove",
      protect: production,
      providers: { aws: { region: "eu-west-1" } },
    };
  },
  async run() {
    await import("./infra/function.ts");
    const { router } = await import("./infra/router.ts");
    await import("./infra/api.ts");
    await import("./infra/events.ts");
    await import("./infra/web.ts");
    return { url: router.url };
  },
});
