import { randomUUID } from "node:crypto";
import type { ConditionalContext, RepeatableContext } from "./call-context.ts";
import { userIdOf } from "./ids.ts";

export type TestContext = RepeatableContext & ConditionalContext;

/** Context of a call by a new user in November 2026, without conditions. */
export const newContext = (changes: Partial<TestContext> = {}): TestContext => ({
  actor: { userId: userIdOf(randomUUID()) },
  clock: { now: () => new Date("2026-11-21T10:00:00.000Z") },
  request: undefined,
  expected: undefined,
  ...changes,
});
