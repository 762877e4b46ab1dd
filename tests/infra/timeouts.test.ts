import { callLimits, triggerCallMilliseconds } from "@daybook/core/call-limits";
import type { Graph, GraphFunction } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { requestTimeoutMs } from "../../packages/web/features/session/request-timeout.ts";
import { block, blocks } from "./raw.ts";
import { list, readGraph } from "./stages.ts";

/** The seconds that an HTTP API waits for a function. */
const gatewaySeconds = 30;
/** The seconds that Cognito waits for a trigger before it calls it again. */
const triggerSeconds = 5;

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph();
});

/** The seconds that CloudFront waits for the origin of a route. */
const edgeSeconds = (keys: string) => {
  const { entries } = block(graph.resources["sst:aws:KvKeys"]?.[keys]);
  return Number(block(block(block(block(entries).metadata).origin).timeouts).readTimeout);
};
const edgeOfApi = () => edgeSeconds("RouterRoute/v1RouteKey");

/**
 * Whether a grant is for calls of a function. Lambda itself reads queues, and an S3 upload form is signed without a
 * call.
 */
const isCall = (fn: string, service: string, action: string) =>
  service === "sqs"
    ? action === "sqs:SendMessage"
    : action.startsWith(`${service}:`) && !(fn === "CreateMediaFunction" && service === "s3");

/** The app's functions with the services that they call, according to their grants. */
const callersOf = (functions: Readonly<Record<string, GraphFunction>>) =>
  Object.entries(functions).flatMap(([name, { handler, policy = [], links = {}, timeout }]) =>
    Object.entries(callLimits)
      .filter(() => handler?.startsWith("packages/functions/"))
      .filter(
        ([service]) =>
          policy.some(({ Action }) => list(Action).some((action) => isCall(name, service, action))) ||
          // Clients of the user pool authenticate with a secret and need no grant.
          (service === "cognito-idp" && (links.WebAccess ?? links.ServerAccess) !== undefined),
      )
      .map(([service, { attempts, milliseconds }]) => ({ name, service, timeout, attempts, milliseconds })),
  );

const isTrigger = ({ invokedBy = [] }: GraphFunction) => invokedBy.some((who) => who.startsWith("cognito-idp"));

describe("each timeout on a request's path is longer than the next one:", () => {
  it("the browser waits longer than the edge", () => {
    expect(requestTimeoutMs / 1000).toBeGreaterThan(edgeOfApi());
  });

  it("the edge waits longer than the gateway", () => {
    expect(edgeOfApi()).toBeGreaterThan(gatewaySeconds);
  });

  it("the gateway waits longer than every function behind a route", () => {
    const references = Object.values(graph.routes.ApiApi ?? {}).map(({ function: reference }) => reference);
    const slow = Object.entries(graph.functions).filter(
      ([name, { timeout }]) => references.includes(`\${${name}.arn}`) && timeout >= gatewaySeconds,
    );
    expect(slow).toEqual([]);
  });

  it("the edge waits longer than the site's functions", () => {
    const [{ customOriginConfig } = {}] = blocks(
      Object.values(graph.resources["aws:cloudfront:Distribution"] ?? {})[0]?.origins,
    );
    const { SiteImageOptimizerFunction, SiteServerEuwest1Function } = graph.functions;
    expect(edgeSeconds("SiteKvKeys")).toBeGreaterThan(SiteServerEuwest1Function?.timeout ?? Number.NaN);
    // The route of pictures uses the default timeout.
    expect(block(customOriginConfig).originReadTimeout).toBeGreaterThan(
      SiteImageOptimizerFunction?.timeout ?? Number.NaN,
    );
  });

  it("a function has more time than all attempts of each of its calls", () => {
    const functions = Object.entries(graph.functions).filter(([, fn]) => !isTrigger(fn));
    const callers = callersOf(Object.fromEntries(functions));
    expect(callers.length).toBeGreaterThan(50);
    // All back-off delays of a call add up to less than a second.
    expect(
      callers.filter(({ timeout, attempts, milliseconds }) => attempts * milliseconds + 1000 > timeout * 1000),
    ).toEqual([]);
  });

  // #region blog
  it("the revalidation has more time than all attempts to reach the site", () => {
    const { attempts, milliseconds } = callLimits.site;
    expect(graph.functions.RevalidateFunction?.timeout).toBeGreaterThan((attempts * milliseconds) / 1000 + 1);
  });
  // #endregion blog

  it("a trigger ends before Cognito's timeout and has time for one attempt", () => {
    const triggers = Object.fromEntries(Object.entries(graph.functions).filter(([, fn]) => isTrigger(fn)));
    expect(Object.keys(triggers)).not.toEqual([]);
    expect(Object.values(triggers).filter(({ timeout }) => timeout > triggerSeconds)).toEqual([]);
    const callers = callersOf(triggers).map((each) =>
      each.service === "cognito-idp" ? { ...each, milliseconds: triggerCallMilliseconds } : each,
    );
    expect(callers.map(({ service }) => service)).toContain("cognito-idp");
    expect(callers.filter(({ timeout, milliseconds }) => milliseconds >= timeout * 1000)).toEqual([]);
  });
});
