import { afterAll, describe, expect, it } from "vitest";
import type { Graph } from "./graph/graph.ts";
import { resolveGraph } from "./graph/load.ts";
import { createPasswords } from "./passwords.ts";
import { temporaryFolder } from "./test-cloud.ts";

const [one, other] = [temporaryFolder(), temporaryFolder()];
afterAll(() => {
  one.remove();
  other.remove();
});

describe("generated passwords", () => {
  it("are stable within a data folder and differ between data folders and names", () => {
    const [first, again, elsewhere] = [one, one, other].map(({ folder }) => createPasswords(folder)("Secret", 40));
    expect(first).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(again).toBe(first);
    expect(elsewhere).not.toBe(first);
    expect(createPasswords(one.folder)("Other", 40)).not.toBe(first);
    expect(createPasswords(one.folder)("Secret", 12)).toHaveLength(12);
  });

  it("replace every reference in the graph", () => {
    const graph: Graph = {
      version: 1,
      app: "test",
      stage: "local",
      region: "eu-west-1",
      functions: {},
      routes: {},
      resources: {
        "random:index:RandomPassword": { Secret: { length: 20, special: false } },
        "aws:sqs:Queue": { Jobs: { policy: `\${Secret.result}` } },
      },
    };
    const policyOf = (password?: (name: string, length: number) => string) =>
      resolveGraph(graph, password ? { password } : {}).all("aws:sqs:Queue")[0];
    expect(policyOf((name, length) => `${name} ${length}`)).toMatchObject({ policy: "Secret 20" });
    // Tools that only read the graph get a generated value, too.
    expect(policyOf()).toMatchObject({ policy: expect.stringMatching(/^\w{20,}$/) });
  });
});
