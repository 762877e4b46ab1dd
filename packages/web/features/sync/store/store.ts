import type { Update } from "../outbox/outbox.ts";
import type { Entry, State } from "../state/state.ts";

/** Storage of one user's state, shared by all tabs of this browser. */
export interface Store {
  /** The state as this tab knows it, including appended entries. */
  state(): State;
  /** Whether the stored data has been loaded. */
  isLoaded(): boolean;
  /** Whether the data survives closing this tab. */
  isDurable(): boolean;
  subscribe(listener: () => void): () => void;
  /**
   * Adds entries: they are part of the state at once, and their write has started when this returns. If the database
   * is still opening, the write starts once it is open, and localStorage holds a copy until then.
   */
  append(entries: readonly Entry[]): void;
  /**
   * Updates the latest state across all tabs.
   * @returns the new state
   */
  update(change: Update): Promise<State>;
  /** Stops listening. Keeps the stored data. */
  close(): void;
}
