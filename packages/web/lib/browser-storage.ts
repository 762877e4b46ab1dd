/** Web storage of strings. Storage can be full or disabled: reading then returns undefined and writing does nothing. */
const safe = (storage: () => Storage) => ({
  read(key: string): string | undefined {
    try {
      return storage().getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  /** @param value undefined removes the key */
  write(key: string, value: string | undefined): void {
    try {
      if (value === undefined) storage().removeItem(key);
      else storage().setItem(key, value);
    } catch {}
  },
});

/** Storage of this browser, shared by its tabs. */
export const browserStorage = safe(() => localStorage);

/** Storage of this tab. It survives a reload. */
export const tabStorage = safe(() => sessionStorage);
