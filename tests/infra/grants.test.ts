import { resolveGraph } from "@daybook/local/graph/load";
import { beforeAll, describe, expect, it } from "vitest";
import { unusedGrants } from "../../scripts/lib/grants.ts";
import { readGraph } from "./stages.ts";

let graph: Awaited<ReturnType<typeof readGraph>>;
/** The calls of a run that uses every permission. */
let everything: string[];
beforeAll(async () => {
  graph = await readGraph();
  everything = resolveGraph(graph).functions.flatMap(({ name, policy = [] }) =>
    policy.flatMap(({ Action = [], Resource = [] }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${name}: ${action} on ${resource}`)),
    ),
  );
});

describe("unused grants", () => {
  it("are empty if everything was used", () => {
    expect(unusedGrants(graph, everything, [])).toEqual([]);
  });

  it("name the function, the action and the resource", () => {
    const put = /^CreateListFunction: dynamodb:PutItem on /;
    expect(
      unusedGrants(
        graph,
        everything.filter((used) => !put.test(used)),
        [],
      ),
    ).toEqual([expect.stringMatching(/^CreateListFunction: dynamodb:PutItem on arn:aws:dynamodb:.*TableTable$/)]);
  });

  it("treat a wildcard grant as used if a matching resource was used", () => {
    const pattern = everything.find((used) => used.endsWith("/*"));
    expect(pattern).toBeDefined();
    const used = everything.map((each) => each.replace(/\/\*$/, "/some/key"));
    expect(unusedGrants(graph, used, [])).toEqual([]);
  });

  it("may be excused with a reason, and a stale excuse is reported", () => {
    const exceptions = [
      { grants: /^CleanUpFunction/, reason: "tried" },
      { grants: /^GoneFunction/, reason: "once tried" },
    ];
    const withoutCleanUp = everything.filter((used) => !used.startsWith("CleanUpFunction"));
    expect(unusedGrants(graph, withoutCleanUp, exceptions)).toEqual(["the exception /^GoneFunction/ matches no grant"]);
  });
});
