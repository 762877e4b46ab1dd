import path from "node:path";
import type { DynamoSettings } from "@daybook/local/dynamodb/settings";
import { isFree } from "@daybook/local/ports";
import { root } from "./command.ts";
import { Advice } from "./terminal.ts";

export interface Settings {
  /** Port of the product, which is CloudFront on AWS. */
  readonly port: number;
  /** Port of the mailbox. */
  readonly mailPort: number;
  /** Folder for all data of the local cloud. */
  readonly dataFolder: string;
  readonly dynamoDb: DynamoSettings;
  /** URL of a server for the site. It replaces the site's build. */
  readonly siteUrl: string | undefined;
}

function portOf(name: "PORT" | "MAIL_PORT", fallback: number): number {
  const text = process.env[name];
  const port = text === undefined || text === "" ? fallback : Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Advice(
    `${name} is "${text}"`,
    `Set it to a port number, for example ${name}=${fallback + 1}. The default is ${fallback}.`,
  );
}

/** Uses AWS's DynamoDB Local instead of dynoxide if this variable holds the path of its jar. */
export function dynamoDbSettings(): DynamoSettings {
  const jar = process.env.DYNAMODB_LOCAL_JAR;
  return jar ? { engine: "dynamodb-local", dynamoDbLocalJar: path.resolve(root, jar) } : {};
}

/** Reads the settings that separate concurrent runs (port 0 picks a free port), and the choice of the database. */
export function readSettings(): Settings {
  return {
    port: portOf("PORT", 3000),
    mailPort: portOf("MAIL_PORT", 8025),
    dataFolder: path.resolve(root, process.env.DAYBOOK_DATA || ".local"),
    dynamoDb: dynamoDbSettings(),
    siteUrl: process.env.DAYBOOK_SITE || undefined,
  };
}

/**
 * Checks the ports before building or starting anything.
 * @throws Advice if a port is in use
 */
export async function checkPorts({ port, mailPort }: Settings): Promise<void> {
  if (!(await isFree(port))) {
    throw new Advice(
      `Port ${port} is in use.`,
      `Stop the process that uses it, or choose another port: PORT=${port + 10} npm start`,
    );
  }
  if (!(await isFree(mailPort))) {
    throw new Advice(
      `Port ${mailPort} is in use.`,
      `Stop the process that uses it, or choose another port for the mailbox: MAIL_PORT=${mailPort + 10} npm start`,
    );
  }
}
