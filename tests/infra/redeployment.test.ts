import type { RawGraph } from "@daybook/local/graph/raw";
import { beforeAll, describe, expect, it } from "vitest";
import { differences } from "./differences.ts";
import { synthesiseAgain, synthesiseDev, synthesiseStages } from "./stages.ts";

const inputsOf = (graph: RawGraph) =>
  Object.fromEntries(graph.resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));

/** SST builds the site and seeds its table at every deployment, which it triggers by the current time. */
const everyTime = /^(command:local:Command SiteBuilder|aws:lambda\/invocation:Invocation SiteRevalidationSeed) /;

describe.each(["local", "production", "pr-1", "dev"])("the second deployment of the stage %s", (stage) => {
  let first: RawGraph;
  let second: RawGraph;
  beforeAll(async () => {
    const dev = stage === "dev";
    if (dev) first = await synthesiseDev(stage);
    else [first] = await synthesiseStages(stage);
    second = await synthesiseAgain(first, { dev });
  });

  it("generates new random suffixes", () => {
    expect(second.suffix).not.toBe(first.suffix);
  });

  it("changes no resource names and no references to them", () => {
    const changes = differences(inputsOf(first), inputsOf(second)).filter((change) => !everyTime.test(change));
    expect(changes).toEqual([]);
    expect(JSON.stringify(second.resources)).not.toContain(second.suffix);
  });
});
