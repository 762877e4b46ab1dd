import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** An account for whoever wants to look around; it exists on this machine alone. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

export const demoAccount: DemoAccount = { email: "maya@example.com", password: "tea before everything" };

const fileIn = (dataFolder: string) => path.join(dataFolder, "demo.json");

/** The demo account of a data folder, if `npm run seed` has made one there. */
export function readDemo(dataFolder: string): DemoAccount | undefined {
  return existsSync(fileIn(dataFolder)) ? JSON.parse(readFileSync(fileIn(dataFolder), "utf8")) : undefined;
}

/** Notes that the account is there, so that pages can offer it. */
export function noteDemo(dataFolder: string, account: DemoAccount): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(fileIn(dataFolder), JSON.stringify(account), { mode: 0o600 });
}

/** Takes the note away; the account stays. */
export const forgetDemo = (dataFolder: string): void => rmSync(fileIn(dataFolder), { force: true });
