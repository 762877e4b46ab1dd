/// <reference path="../../../.sst/platform/config.d.ts" />

export default $config({
  app() {
    return { name: "depot", home: "aws", providers: { aws: { region: "eu-central-1" } } };
  },
  async run() {
    const { api, status } = await import("./infra/api.ts");
    await import("./infra/subscribers.ts");
    return { api: api.url, status: status.url };
  },
});
