interface Current<T> {
  readonly userId: string;
  readonly value: T;
}

/**
 * Keeps one object for the user of this tab, and closes that of the previous user. Example: after Ada signs out and
 * Bob signs in, `of("usr_bob")` closes Ada's object.
 */
export class PerUser<T extends { close(): void }> {
  readonly #create: (userId: string) => T;
  #current: Current<T> | undefined;

  constructor(create: (userId: string) => T) {
    this.#create = create;
  }

  readonly of = (userId: string): T => {
    if (this.#current?.userId === userId) return this.#current.value;
    this.#current?.value.close();
    this.#current = { userId, value: this.#create(userId) };
    return this.#current.value;
  };

  /** Forgets the object, so that the next use creates a new one. */
  drop(): void {
    this.#current = undefined;
  }
}
