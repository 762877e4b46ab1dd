import { createServer } from "node:http";
import type { RawGraph } from "@daybook/local/graph/raw";
import { synthesise } from "@daybook/local/graph/synthesise";
import { listen } from "@daybook/local/http";
import type { TestProject } from "vitest/node";
import { root } from "../../scripts/lib/command.ts";
import { ensurePlatform } from "../../scripts/sst-platform.ts";

declare module "vitest" {
  interface ProvidedContext {
    synthesisUrl: string;
  }
}

/**
 * Installs SST's components from npm, if they are missing. Serves the graphs of the stages to all test files, because a
 * synthesis takes seconds: `/deploy/production` or `/dev/dev`, each synthesised by its first request.
 */
export default async function setup(project: TestProject) {
  await ensurePlatform(root);
  const graphs = new Map<string, Promise<RawGraph[]>>();
  const { port, close } = await listen(
    createServer(({ url = "" }, response) => {
      const [, mode, stage = ""] = url.split("/");
      const options = { root, stages: [stage], dev: mode === "dev", sites: ["packages/web"] };
      const graph = graphs.get(url) ?? synthesise(options);
      graphs.set(url, graph);
      graph.then(
        ([raw]) => response.end(JSON.stringify(raw)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    }),
    0,
  );
  project.provide("synthesisUrl", `http://127.0.0.1:${port}`);
  return close;
}
