import { newContext, type TestContext } from "../test-context.ts";
import { ensureUser } from "./creation.service.ts";

/** Creates a user with an inbox. */
export async function newUser(changes?: Partial<TestContext>): Promise<TestContext> {
  const ctx = newContext(changes);
  await ensureUser(ctx, "ada@example.com");
  return ctx;
}
