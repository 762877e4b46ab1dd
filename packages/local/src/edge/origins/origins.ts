import type { IncomingMessage } from "node:http";
import { inputsOf } from "../../resource-inputs.ts";
import type { EdgeOptions } from "../edge-options.ts";
import { siteHosts } from "../viewer/key-values.ts";
import { bucketAt, fileResponse, foldersOf } from "./bucket-files.ts";
import { objectResponse } from "./bucket-objects.ts";
import { callFunctionUrl, functionUrlOf } from "./function-url.ts";
import { type OriginRequest, type OriginResponse, plainResponse } from "./origin.ts";
import { createProxy } from "./proxy.ts";

/** Maps the hosts of a distribution's AWS origins to local services. */
export function createOrigins({ graph, root, gateway, invoker, s3, siteOverride }: EdgeOptions) {
  const site = siteHosts(graph);
  const proxy = createProxy();

  /** Whether a development server replaces the host. Its responses are not cached. */
  const isReplaced = (host: string) => siteOverride !== undefined && site.has(host);

  function apiUrl(host: string): URL | undefined {
    const isHost = (endpoint: string | undefined) => endpoint !== undefined && new URL(endpoint).host === host;
    const api = graph
      .all("aws:apigatewayv2:Api")
      .find((each) => isHost(inputsOf<{ apiEndpoint: string }>(each).apiEndpoint));
    const url = api && gateway.urls[api.name];
    return url === undefined ? undefined : new URL(url);
  }

  /** Sends a request to the service for the host that the function or the behavior selected. */
  async function call(host: string, request: OriginRequest, viewer: IncomingMessage): Promise<OriginResponse> {
    if (siteOverride && isReplaced(host)) {
      const original = { ...request, url: viewer.url ?? "/" };
      return {
        ...(await proxy.pass(original, siteOverride, viewer.headers.host ?? siteOverride.host)),
        from: siteOverride.host,
      };
    }
    const api = apiUrl(host);
    if (api) return proxy.pass(request, api, api.host);
    const functionUrl = functionUrlOf(graph, host);
    if (functionUrl) return callFunctionUrl(functionUrl, request, graph, invoker);
    const folders = foldersOf(graph, host);
    if (folders.length > 0) return fileResponse(folders, root, request);
    const bucket = bucketAt(graph, host);
    if (s3 && bucket) return objectResponse(s3, bucket.id, request);
    return { ...plainResponse(502, `No local service is the origin ${host}.\n`), from: host };
  }

  return { call, isReplaced, close: proxy.close };
}
