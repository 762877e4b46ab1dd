import type { UserId } from "./ids.ts";

/** The authenticated user, taken from a verified access token. Pass it as the first argument of each operation. */
export interface Actor {
  readonly userId: UserId;
}
