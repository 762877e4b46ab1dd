/**
 * Wakes one waiter when a signal is raised, or after a timeout. Example: `wait(1000)` resolves after 20 ms if `raise()`
 * is called then, otherwise after 1 s.
 */
export class Signal {
  #raised = false;
  #wake: (() => void) | undefined;

  /**
   * Ends the current wait. Without one, ends the next wait immediately. Example: `raise()` and then `wait(1000)`
   * resolves at once.
   */
  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  /** Resolves when the signal is raised, or after the given number of milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        this.#raised = false;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      if (this.#raised) done();
      else this.#wake = done;
    });
  }
}
