import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Log } from "../../service-types.ts";
import { type DynamoEngine, EngineUnavailableError } from "./engine.ts";
import { startEngine } from "./engine-process.ts";
import { type GuardedChild, startGuarded } from "./guarded-process.ts";

/** AWS's image. Docker downloads it once. */
const image = "amazon/dynamodb-local:2.6.1";
const flags = ["-sharedDb", "-disableTelemetry"];
const runs = (command: string, args: readonly string[]) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

const advice = `This machine has no engine for DynamoDB. Install one of these:
  - dynoxide: npm installs it as the optional dependency @dynoxide/${process.platform}-${process.arch}, if its registry
    has the package (npm ci --include=optional)
  - Java 17 or later, with the path of DynamoDBLocal.jar, which is in the folder package/emulator of the archive from
    npm pack amplify-dynamodb-simulator@2.9.30
  - Docker, which runs ${image}`;

/** Starts DynamoDB Local with Java. It listens on all network interfaces; only Docker can restrict it to 127.0.0.1. */
function startJava(jar: string, folder: string, port: number, pidFile: string, log: Log): GuardedChild {
  log.warn("dynamodb", `DynamoDB Local listens on port ${port} of every network interface, without authentication`);
  const library = path.join(path.dirname(jar), "DynamoDBLocal_lib");
  const args = [`-Djava.library.path=${library}`, "-jar", jar, "-port", String(port), "-dbPath", folder, ...flags];
  return startGuarded("java", args, pidFile, path.dirname(jar));
}

function startDocker(folder: string, port: number, pidFile: string): GuardedChild {
  const name = `dynamodb-local-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`;
  spawnSync("docker", ["rm", "--force", name], { stdio: "ignore" });
  const options = ["run", "--rm", "--init", "--name", name, "--user", "root"];
  const wiring = ["--publish", `127.0.0.1:${port}:8000`, "--volume", `${folder}:/data`];
  return startGuarded(
    "docker",
    [...options, ...wiring, image, "-jar", "DynamoDBLocal.jar", "-dbPath", "/data", ...flags],
    pidFile,
  );
}

/**
 * Starts AWS's DynamoDB Local with a subfolder of the data folder: with Java if `jar` is given and Java is installed,
 * otherwise with Docker.
 * @throws EngineUnavailableError if neither is available, with installation advice
 */
export async function startDynamoDbLocal(options: {
  readonly dataFolder: string;
  readonly log: Log;
  /** Path of `DynamoDBLocal.jar`. The folder `DynamoDBLocal_lib` must be next to it. */
  readonly jar?: string | undefined;
}): Promise<DynamoEngine> {
  const { dataFolder, log, jar } = options;
  const folder = path.resolve(dataFolder, "dynamodb", "dynamodb-local");
  mkdirSync(folder, { recursive: true });
  if (jar !== undefined && !existsSync(jar)) throw new EngineUnavailableError(`${jar} does not exist.\n${advice}`);
  const java = jar !== undefined && runs("java", ["-version"]) ? path.resolve(jar) : undefined;
  if (!java && !runs("docker", ["version"])) throw new EngineUnavailableError(advice);
  return startEngine({
    name: "dynamodb-local",
    arnPrefix: "arn:aws:dynamodb:ddblocal:000000000000:",
    folder,
    marker: folder,
    timeoutMs: 60_000,
    log,
    start: (port, pidFile) => (java ? startJava(java, folder, port, pidFile, log) : startDocker(folder, port, pidFile)),
  });
}
