import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { passwordMinLength } from "@daybook/core/account/account.limits";
import passwords from "@zxcvbn-ts/language-common/src/passwords.json" with { type: "json" };
import { root } from "./lib/command.ts";
import { run } from "./lib/terminal.ts";

const file = path.join(root, "packages/core/src/account/common-passwords.json");

/** Number of the most common passwords of which a new password must not mostly consist. */
const mostCommon = 10_000;

/** A shorter password is less than half of every password that the policy allows. */
const shortest = passwordMinLength / 2;

/**
 * Returns the content of the file with the common passwords that can refuse a new password, before and after an
 * update. The package lists passwords by frequency, most common first.
 */
export async function commonPasswordsFile(): Promise<{ before: string; after: string }> {
  const cores = passwords.slice(0, mostCommon).filter((each) => each.length >= shortest && /^[a-z].*[a-z]$/.test(each));
  const long = passwords.filter((each) => each.length >= passwordMinLength);
  const words = [...new Set([...cores, ...long])].sort();
  return {
    before: await readFile(file, "utf8").catch(() => ""),
    after: `${JSON.stringify({ passwords: words.join(" ") }, undefined, 2)}\n`,
  };
}

async function writeCommonPasswords(): Promise<void> {
  const { before, after } = await commonPasswordsFile();
  if (after !== before) await writeFile(file, after);
  console.error(`${path.relative(root, file)} ${after === before ? "is up to date" : "is written"}`);
}

if (import.meta.main) await run(writeCommonPasswords);
