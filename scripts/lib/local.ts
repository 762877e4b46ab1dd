import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import { DataFolderInUseError } from "@daybook/local/data-folder";
import { type Followed, followGraph } from "@daybook/local/follow-graph";
import pc from "picocolors";
import { root } from "./command.ts";
import { readDemo } from "./demo.ts";
import { grantRecorder } from "./grants.ts";
import type { Settings } from "./settings.ts";
import { Advice } from "./terminal.ts";

interface Options {
  /** Rebuilds handlers when their sources change, and restarts the cloud when its graph changes. */
  readonly watch?: boolean;
}

/** Returns a resource's id by its type and its name in the graph. */
function idOf(cloud: Cloud, type: string, name: string): string {
  const resource = cloud.graph.all(type).find((each) => each.name === name);
  if (!resource) throw new Error(`The graph has no ${type} ${name}`);
  return resource.id;
}

/** Returns the variables for a developer's shell: endpoints and keys for any AWS tool, and Daybook's resource names. */
function environmentOf(cloud: Cloud): Record<string, string> {
  return {
    ...cloud.environment,
    DAYBOOK_URL: cloud.url,
    DAYBOOK_MAIL_URL: cloud.mailUrl,
    DAYBOOK_TABLE: idOf(cloud, "aws:dynamodb:Table", "TableTable"),
    DAYBOOK_USER_POOL_ID: idOf(cloud, "aws:cognito:UserPool", "UsersUserPool"),
    DAYBOOK_USER_POOL_CLIENT_ID: idOf(cloud, "aws:cognito:UserPoolClient", "ScriptsClient"),
  };
}

/** Writes the file atomically, so that a script waiting for it never reads half of it. */
function writeEnvironment(file: string, environment: Readonly<Record<string, string>>): void {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
  writeFileSync(`${file}.new`, `${lines.join("\n")}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function banner(cloud: Cloud, file: string, since: number): string {
  const shown = path.relative(process.cwd(), file) || file;
  return [
    "",
    `  ${pc.bold(pc.green("Daybook is ready"))} ${pc.dim(`in ${((performance.now() - since) / 1000).toFixed(1)} s`)}`,
    "",
    `  ${pc.dim("product")}   ${pc.cyan(cloud.url)}`,
    `  ${pc.dim("mailbox")}   ${pc.cyan(cloud.mailUrl)}`,
    `  ${pc.dim("AWS CLI")}   source ${shown}`,
    "",
    `  ${pc.dim("Press Ctrl+C to stop. Your data is kept.")}`,
    "",
  ].join("\n");
}

/** Closes the cloud on the first signal. A second signal ends the process immediately. */
function stopOnSignal(cloud: Pick<Cloud, "close">, file: string): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      rmSync(file, { force: true });
      cloud.close().then(resolve, (error: unknown) => {
        console.error(error);
        process.exit(1);
      });
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    // The parent process has ended, possibly by a crash. Listening for that must not keep this process running.
    process.on("disconnect", stop);
    process.channel?.unref();
    // It ended before this process was ready.
    if (process.send && !process.connected) stop();
  });
}

/** Reports restarts on the console. After a restart, most services have other ports. */
const reportTo = (file: string): Followed => ({
  onRestart(cloud) {
    writeEnvironment(file, environmentOf(cloud));
    console.log(pc.green("  The resource graph has changed, and the local cloud has restarted."));
  },
  onInvalid(error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(pc.red(`  The changed resource graph is invalid, and the previous one stays in use. ${why}`));
  },
});

/**
 * Runs the product on this machine until it receives a signal.
 * @throws Advice if another run uses the same data
 */
export async function runLocal(
  { port, mailPort, dataFolder, dynamoDb, siteUrl }: Settings,
  { watch = false }: Options = {},
): Promise<void> {
  const since = performance.now();
  const file = path.join(dataFolder, "aws.env");
  const options = {
    graphFile: path.join(root, "infra/graph.local.json"),
    root,
    dataFolder,
    cacheFolder: path.join(root, ".build"),
    port,
    mailPort,
    dynamoDb,
    console: process.stdout,
    watch,
    about: () => ({ demo: readDemo(dataFolder) }),
    ...grantRecorder(),
    ...(siteUrl !== undefined && { siteUrl }),
  };
  const start = watch
    ? followGraph(options, reportTo(file))
    : startCloud(options).then((first) => ({ first, close: first.close }));
  const running = await start.catch((error: unknown) => {
    if (!(error instanceof DataFolderInUseError)) throw error;
    throw new Advice(
      `Another Daybook (process ${error.owner}) uses ${error.folder}.`,
      "Stop it, or use another data folder: DAYBOOK_DATA=.local-2 PORT=3010 MAIL_PORT=8035 npm start",
    );
  });
  const stopped = stopOnSignal(running, file);
  writeEnvironment(file, environmentOf(running.first));
  process.stdout.write(banner(running.first, file, since));
  await stopped;
}
