import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import { DataFolderInUseError } from "@daybook/local/data-folder";
import pc from "picocolors";
import { root } from "./command.ts";
import { readDemo } from "./demo.ts";
import { grantRecorder } from "./grants.ts";
import type { Settings } from "./settings.ts";
import { Advice } from "./terminal.ts";

interface Options {
  /** Rebuild handlers when their sources change. */
  readonly watch?: boolean;
}

/** One resource's id, by the type and the name that the graph gives it. */
function idOf(cloud: Cloud, type: string, name: string): string {
  const resource = cloud.graph.all(type).find((each) => each.name === name);
  if (!resource) throw new Error(`The graph has no ${type} ${name}`);
  return resource.id;
}

/** What a developer's shell needs: endpoints and keys for any AWS tool, and Daybook's own names. */
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

/** Written whole or not at all, so that who waits for the file never reads half of it. */
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
    `  ${pc.dim("Ctrl+C stops it; your data stay.")}`,
    "",
  ].join("\n");
}

/** Ends the cloud once, on the first signal; a second one does not wait. */
function stopOnSignal(cloud: Cloud, file: string): Promise<void> {
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
    // Whoever started us is gone, however it ended. To listen for that must not keep us running.
    process.on("disconnect", stop);
    process.channel?.unref();
  });
}

/**
 * Runs the product on this machine until it is told to stop.
 * @throws Advice when another run works on the same data
 */
export async function runLocal(
  { port, mailPort, dataFolder, dynamoDb, siteUrl }: Settings,
  { watch = false }: Options = {},
): Promise<void> {
  const since = performance.now();
  const file = path.join(dataFolder, "aws.env");
  const cloud = await startCloud({
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
  }).catch((error: unknown) => {
    if (!(error instanceof DataFolderInUseError)) throw error;
    throw new Advice(
      `Another Daybook (process ${error.owner}) is using ${error.folder}.`,
      "Stop it first, or keep this run's data elsewhere: DAYBOOK_DATA=.local-2 PORT=3010 MAIL_PORT=8035 npm start",
    );
  });
  const stopped = stopOnSignal(cloud, file);
  writeEnvironment(file, environmentOf(cloud));
  process.stdout.write(banner(cloud, file, since));
  await stopped;
}
