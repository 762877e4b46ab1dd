/**
 * Keeps one object for the user of this tab, and closes that of the previous user. Example: after Ada signs out and
 * Bob signs in, `of("usr_bob")` closes Ada's object.
 */
export function perUser<T extends { close(): void }>(create: (userId: string) => T) {
  let current: { readonly userId: string; readonly value: T } | undefined;
  return {
    of(userId: string): T {
      if (current?.userId === userId) return current.value;
      current?.value.close();
      current = { userId, value: create(userId) };
      return current.value;
    },
    /** Forgets the object, so that the next use creates a new one. */
    drop(): void {
      current = undefined;
    },
  };
}
