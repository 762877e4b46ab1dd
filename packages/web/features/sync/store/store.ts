import type { Update } from "../outbox/outbox.ts";
import type { Entry, State } from "../state/state.ts";

/** Where the state of one person is kept, for all tabs of this browser. */
export interface Store {
  /** The state as this tab knows it, with everything that was appended. */
  state(): State;
  /** Whether it holds what was kept before yet. */
  isLoaded(): boolean;
  /** Whether what it holds would survive the end of this tab. */
  isDurable(): boolean;
  subscribe(listener: () => void): () => void;
  /** Adds what the person did: it is part of the state at once, and on its way to the disk when this returns. */
  append(entries: readonly Entry[]): void;
  /** Changes the state of now, as all tabs know it. @returns the new state */
  update(change: Update): Promise<State>;
  /** Stops listening; nothing is forgotten. */
  close(): void;
}
