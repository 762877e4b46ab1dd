import type { UserId } from "./ids.ts";

/** Who acts: made from a verified access token, and always the first argument of what it does. */
export interface Actor {
  readonly userId: UserId;
}
