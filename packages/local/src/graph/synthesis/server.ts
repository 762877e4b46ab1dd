import { createServer } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { isRecord, type Json, type RawBuild } from "../raw.ts";
import { account } from "./outputs.ts";

/** The arguments of SST's `Runtime.Build`. */
interface BuildRequest {
  readonly functionID: string;
  readonly handler: string;
  readonly bundle?: string;
  readonly runtime: string;
  readonly properties?: RawBuild["properties"];
  readonly links?: RawBuild["links"];
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[];
}

// The component is SST's own, so that its arguments are of this shape is known.
const isBuildRequest = (value: unknown): value is BuildRequest =>
  isRecord(value) && typeof value.functionID === "string";

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

/** Answers what SST's components ask of SST's command line, and keeps what they want bundled. */
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
    // In the place of a build: `sst dev` keeps what its functions are run from.
    "Runtime.AddTarget": (request) => {
      if (isBuildRequest(request)) builds.push(buildOf(request, shadow));
      return null;
    },
    "Runtime.Build": (request) => {
      if (!isBuildRequest(request)) throw new Error("Runtime.Build was asked for nothing.");
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
    // An open connection counts as work that is still going on.
    response.setHeader("connection", "close").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = isRecord(address) ? address.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    builds,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
