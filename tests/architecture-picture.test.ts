import { readFile } from "node:fs/promises";
import path from "node:path";
import { features } from "@daybook/core/api";
import type { Graph } from "@daybook/local/graph/graph";
import { describe, expect, it } from "vitest";
import { draw } from "../scripts/architecture/draw.ts";
import { toSvg } from "../scripts/architecture/svg.ts";
import { readSystem } from "../scripts/architecture/system.ts";
import { pictures } from "../scripts/architecture.ts";

const root = path.resolve(import.meta.dirname, "..");
const graph: Graph = JSON.parse(await readFile(path.join(root, "infra/graph.local.json"), "utf8"));

describe("the architecture picture", () => {
  it("is up to date with the resource graph", async () => {
    for (const [file, content] of Object.entries(await pictures())) {
      const committed = await readFile(path.join(root, file), "utf8");
      expect(committed === content, `${file} is stale: run \`npm run architecture\` and commit what it writes`).toBe(
        true,
      );
    }
  });

  it("counts the operations and features of the graph", () => {
    const routes = Object.values(graph.routes).flatMap((api) => Object.keys(api));
    const { operations, groups } = readSystem(graph);
    expect(operations).toBe(routes.filter((key) => key !== "$default").length);
    expect(groups.map(({ name }) => name).sort()).toEqual(Object.keys(features).sort());
  });

  it("shows every function that serves no request, with its dead-letter queue", () => {
    const { followers } = readSystem(graph);
    const called = new Set(
      Object.values(graph.routes).flatMap((api) => Object.values(api).map((route) => route.function)),
    );
    const uncalled = Object.entries(graph.functions).filter(
      ([name, { handler }]) => handler && !called.has(`\${${name}.arn}`),
    );
    const files = uncalled.map(([, { handler = "" }]) => path.basename(handler, path.extname(handler)));
    expect(followers.map(({ runs }) => runs).sort()).toEqual(files.sort());
    expect(followers.find(({ runs }) => runs === "welcome-email")).toMatchObject({
      when: "table stream: profile",
      reaches: ["table", "SES"],
      failures: "queue welcome-email-dlq",
    });
    expect(followers.find(({ runs }) => runs === "make-variants")).toMatchObject({
      when: "bucket uploads, queue upload-jobs",
      failures: "queue upload-dlq",
    });
    // #region blog
    expect(followers.find(({ runs }) => runs === "revalidate")).toMatchObject({
      when: "topic events, queue revalidations",
      reaches: ["CloudFront"],
    });
    expect(followers.find(({ runs }) => runs === "publish-scheduled")).toMatchObject({
      when: "every minute",
      failures: "queue publish-scheduled-dlq",
    });
    // #endregion blog
  });

  it("grows with the graph when an operation and a schedule are added", () => {
    const { picture, words } = drawn({
      ...graph,
      functions: {
        ...graph.functions,
        SweepFunction: { ...Object(graph.functions.CleanUpFunction), handler: "src/schedules/sweep.handler" },
        CreateNoteFunction: { ...Object(graph.functions.CreateListFunction), handler: "src/note.createNote" },
      },
      routes: { ...graph.routes, ApiApi: { ...graph.routes.ApiApi, "POST /v1/notes": note } },
      resources: {
        ...graph.resources,
        "aws:scheduler:Schedule": {
          ...graph.resources["aws:scheduler:Schedule"],
          Sweep: { scheduleExpression: "rate(5 minutes)", target: { arn: "$" + "{SweepFunction.arn}" } },
        },
      },
    });
    expect(words).toContain("note 1");
    expect(words).toContain("runs every 5 minutes");
    expect(picture.height).toBeGreaterThan(drawn(graph).picture.height);
  });

  it("describes its content in text, and escapes it", () => {
    const svg = toSvg({ ...draw(readSystem(graph)), title: "a < b" });
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title id="title">a &#60; b</title>');
    expect(svg).toMatch(/<desc id="description">.*Lambda has one function per operation.*<\/desc>/);
    expect(svg).not.toMatch(/style="|<script|href=/);
  });
});

const note = { function: "$" + "{CreateNoteFunction.arn}" };

function drawn(of: Graph) {
  const picture = draw(readSystem(of));
  return { picture, words: picture.parts.map(({ text }) => text).join(" ") };
}
