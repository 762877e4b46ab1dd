/** Wakes one waiter: early when there is something to do, at the latest after a while. */
export class Signal {
  #raised = false;
  #wake: (() => void) | undefined;

  /** Ends the wait, or the next one when nobody waits now. */
  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  /** Resolves when the signal is raised, or after so many milliseconds. */
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
