import type { OperationId } from "@daybook/core/api";
import type { Call, TestUser } from "../fixtures.ts";

/** An operation whose calls are limited. */
export interface Limited {
  readonly id: OperationId;
  readonly rate: { readonly times: number; readonly seconds: number };
  /** Number of concurrent calls. Default 10. */
  readonly atOnce?: number;
  /** Returns a function that returns each call. */
  prepare(user: TestUser): Promise<() => Call> | (() => Call);
}
