import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { freePorts } from "../ports.ts";
import type { Log } from "../service-types.ts";
import { type DynamoEngine, EngineUnavailableError } from "./engine.ts";
import { whenReady } from "./engine-ready.ts";
import { type GuardedChild, reclaim, startGuarded } from "./guarded-process.ts";

/** AWS's image. Docker downloads it once. */
const image = "amazon/dynamodb-local:2.6.1";
const flags = ["-sharedDb", "-disableTelemetry"];
const runs = (command: string, args: readonly string[]) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

const advice = `DynamoDB has no engine on this machine. One of these helps:
  - dynoxide, which npm installs as @dynoxide/${process.platform}-${process.arch}, unless optional dependencies are left out
    (npm ci --include=optional) or the registry that npm uses does not carry it
  - Java 17 or later, and the path of DynamoDBLocal.jar (npm pack amplify-dynamodb-simulator@2.9.30 holds it, below package/emulator)
  - Docker, which runs ${image}`;

/** Starts DynamoDB Local with Java. It listens on all network interfaces; only Docker can restrict it to 127.0.0.1. */
function startJava(jar: string, folder: string, port: number, pidFile: string, log: Log): GuardedChild {
  log.warn("dynamodb", `DynamoDB Local listens on port ${port} of every interface and asks nobody who they are`);
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
  const pidFile = path.join(folder, "engine.pid");
  mkdirSync(folder, { recursive: true });
  const orphan = await reclaim(pidFile, folder);
  if (orphan) log.info("dynamodb", `ended process ${orphan}, which a killed local cloud had left on ${folder}`);
  const [port = 0] = await freePorts(1);
  if (jar !== undefined && !existsSync(jar)) throw new EngineUnavailableError(`${jar} does not exist.\n${advice}`);
  const useJava = jar !== undefined && runs("java", ["-version"]);
  if (!useJava && !runs("docker", ["version"])) throw new EngineUnavailableError(advice);
  const child = useJava ? startJava(path.resolve(jar), folder, port, pidFile, log) : startDocker(folder, port, pidFile);
  return whenReady({
    name: "dynamodb-local",
    arnPrefix: "arn:aws:dynamodb:ddblocal:000000000000:",
    port,
    child,
    timeoutMs: 60_000,
    log,
  });
}
