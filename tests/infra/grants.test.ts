import { resolveGraph } from "@daybook/local/graph/load";
import { beforeAll, describe, expect, it } from "vitest";
import { unusedGrants } from "../../scripts/lib/grants.ts";
import { readGraph } from "./stages.ts";

let graph: Awaited<ReturnType<typeof readGraph>>;
/** What a run would have used that used everything. */
let everything: string[];
beforeAll(async () => {
  graph = await readGraph();
  everything = resolveGraph(graph).functions.flatMap(({ name, policy = [] }) =>
    policy.flatMap(({ Action = [], Resource = [] }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${name}: ${action} on ${resource}`)),
    ),
  );
});

describe("grants that nothing uses", () => {
  it("are none when everything was used", () => {
    expect(unusedGrants(graph, everything, [])).toEqual([]);
  });

  it("are named one by one: a function, an action, a resource", () => {
    const put = /^CreateListFunction: dynamodb:PutItem on /;
    expect(
      unusedGrants(
        graph,
        everything.filter((used) => !put.test(used)),
        [],
      ),
    ).toEqual([expect.stringMatching(/^CreateListFunction: dynamodb:PutItem on arn:aws:dynamodb:.*TableTable$/)]);
  });

  it("are used by whatever a pattern covers", () => {
    const pattern = everything.find((used) => used.endsWith("/*"));
    expect(pattern).toBeDefined();
    const used = everything.map((each) => each.replace(/\/\*$/, "/some/key"));
    expect(unusedGrants(graph, used, [])).toEqual([]);
  });

  it("may be excused with a reason, as long as there are such grants", () => {
    const exceptions = [
      { grants: /^CleanUpFunction/, reason: "tried" },
      { grants: /^GoneFunction/, reason: "once tried" },
    ];
    const withoutCleanUp = everything.filter((used) => !used.startsWith("CleanUpFunction"));
    expect(unusedGrants(graph, withoutCleanUp, exceptions)).toEqual(["the exception /^GoneFunction/ is for nothing"]);
  });
});
