import { labels, news, parcels, settings } from "./resources.ts";

export const api = new sst.aws.ApiGatewayV2("Api");

api.route("POST /parcels", {
  handler: "functions/api.receive",
  link: [parcels, labels, news, settings],
});
api.route("GET /parcels/{id}", { handler: "functions/api.track", link: [parcels] });

/** A separate API for monitoring the depot. */
export const status = new sst.aws.ApiGatewayV2("Status");

status.route("GET /status", { handler: "functions/api.status", link: [settings] });
status.route("GET /audit", { handler: "functions/api.status", link: [settings] }, { auth: { iam: true } });
status.route("$default", { handler: "functions/api.nothing" });
