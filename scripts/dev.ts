import { spawn } from "node:child_process";
import inspector from "node:inspector";
import path from "node:path";
import { loadGraph } from "@daybook/local/graph/load";
import { createPasswords } from "@daybook/local/passwords";
import { freePorts } from "@daybook/local/ports";
import { root } from "./lib/command.ts";
import { runLocal } from "./lib/local.ts";
import { checkPorts, readSettings, type Settings } from "./lib/settings.ts";
import { run } from "./lib/terminal.ts";

/** Ends a process when its parent has ended, even if the parent was killed. */
const endWithParent = `data:text/javascript,process.on("disconnect", () => process.exit())`;

/** Returns the secrets that a build's functions receive. They are not stored anywhere. */
function secretsOf(dataFolder: string): Record<string, string> {
  const graph = loadGraph(path.join(root, "infra/graph.local.json"), { password: createPasswords(dataFolder) });
  const { DAYBOOK_REVALIDATION_SECRET = "" } = Object.assign({}, ...graph.functions.map((fn) => fn.environment));
  return { DAYBOOK_REVALIDATION_SECRET };
}

/** Starts Next's development server, which the edge uses instead of the build. */
function startNext(port: number, { port: edgePort, dataFolder }: Settings) {
  const origin = `http://localhost:${edgePort}`;
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const args = ["--import", endWithParent, next, "dev", "--hostname", "127.0.0.1", "--port", String(port)];
  const child = spawn(process.execPath, args, {
    cwd: path.join(root, "packages/web"),
    env: {
      ...process.env,
      ...secretsOf(dataFolder),
      PORT: String(port),
      DAYBOOK_API_URL: origin,
      DAYBOOK_ORIGIN: origin,
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  process.on("exit", () => child.kill());
  return child;
}

await run(async () => {
  const settings = readSettings();
  await checkPorts(settings);
  if (process.argv.includes("--inspect")) inspector.open(9229, "127.0.0.1");
  const [port = 0] = await freePorts(1);
  const next = startNext(port, settings);
  try {
    await runLocal({ ...settings, siteUrl: `http://127.0.0.1:${port}` }, { watch: true });
  } finally {
    next.kill();
  }
});
