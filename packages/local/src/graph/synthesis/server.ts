import { createServer } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { isObject } from "../../json.ts";
import type { Json, RawBuild } from "../raw.ts";
import { account } from "./outputs.ts";

/** Arguments of SST's `Runtime.Build`. */
interface BuildRequest {
  readonly functionID: string;
  readonly handler: string;
  readonly bundle?: string;
  readonly runtime: string;
  readonly properties?: RawBuild["properties"];
  readonly links?: RawBuild["links"];
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[];
}

// Only SST's own component sends this request, so its arguments have this shape.
const isBuildRequest = (value: unknown): value is BuildRequest =>
  isObject(value) && typeof value.functionID === "string";

const buildOf = (request: BuildRequest, shadow: string): RawBuild => {
  const { functionID, handler, bundle, runtime, properties = {}, links = {}, copyFiles = [] } = request;
  return {
    functionID,
    handler,
    ...(bundle ? { bundle: path.relative(shadow, bundle) } : {}),
    runtime,
    properties,
    links,
    copyFiles: copyFiles.map(({ from, to }) => ({ from: path.relative(shadow, from), to })),
  };
};

/** Answers the requests of SST's components to SST's command line, and records their bundle requests. */
export async function startServer(shadow: string): Promise<{ url: string; builds: RawBuild[]; close(): void }> {
  const builds: RawBuild[] = [];
  const procedures: Record<string, (argument: unknown) => Json> = {
    "Provider.Aws.Bootstrap": () => ({
      asset: "sst-asset",
      state: "sst-state",
      assetEcrRegistryId: account,
      assetEcrUrl: "sst-asset",
      appsyncHttp: "http.appsync",
      appsyncRealtime: "realtime.appsync",
    }),
    "Provider.Aws.Appsync": () => ({ http: "http.appsync", realtime: "realtime.appsync" }),
    // `sst dev` registers a function's source with this call instead of building it.
    "Runtime.AddTarget": (request) => {
      if (isBuildRequest(request)) builds.push(buildOf(request, shadow));
      return null;
    },
    "Runtime.Build": (request) => {
      if (!isBuildRequest(request)) throw new Error("Runtime.Build was called without a request.");
      const { handler, bundle } = request;
      builds.push(buildOf(request, shadow));
      if (bundle) return { handler, out: bundle, errors: [], sourcemaps: [] };
      const exported = handler.slice(handler.lastIndexOf(".") + 1);
      return { handler: `index.${exported}`, out: path.join(shadow, ".sst", "bundle"), errors: [], sourcemaps: [] };
    },
  };
  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(await text(request));
    const procedure = procedures[method];
    const answer = procedure ? { result: procedure(params[0]) } : { error: `rpc: can't find method ${method}` };
    // Close the connection, because an open connection would count as pending work.
    response.setHeader("connection", "close").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = isObject(address) ? address.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    builds,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
