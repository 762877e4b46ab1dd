import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A demo account for trying the product. It exists only on this machine. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

export const demoAccount: DemoAccount = { email: "maya@example.com", password: "tea before everything" };

const fileIn = (dataFolder: string) => path.join(dataFolder, "demo.json");

/** Returns the demo account of a data folder if `npm run seed` has created one. */
export function readDemo(dataFolder: string): DemoAccount | undefined {
  return existsSync(fileIn(dataFolder)) ? JSON.parse(readFileSync(fileIn(dataFolder), "utf8")) : undefined;
}

/** Stores the account in the data folder, so that pages can offer it. */
export function noteDemo(dataFolder: string, account: DemoAccount): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(fileIn(dataFolder), JSON.stringify(account), { mode: 0o600 });
}

/** Deletes the stored account. The account itself remains. */
export const forgetDemo = (dataFolder: string): void => rmSync(fileIn(dataFolder), { force: true });
