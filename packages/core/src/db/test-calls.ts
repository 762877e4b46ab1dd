import { randomUUID } from "node:crypto";
import { documents } from "./table.ts";

/** Returns the names of the database calls that `run` makes, in order. */
export async function callsOf(run: () => Promise<unknown>): Promise<string[]> {
  const calls: string[] = [];
  const name = randomUUID();
  const stack = documents().middlewareStack;
  stack.add(
    (next, { commandName = "" }) =>
      (args) => {
        calls.push(commandName.replace(/Command$/, ""));
        return next(args);
      },
    { step: "initialize", name },
  );
  try {
    await run();
  } finally {
    stack.remove(name);
  }
  return calls;
}
