/** Returns an in-memory `Storage`. */
export const newStorage = (): Storage => {
  // `Object.keys` of a Storage returns its keys.
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
    removeItem: (key: string) => {
      delete kept[key];
    },
    key: (index: number) => Object.keys(kept)[index] ?? null,
    clear: () => {},
    length: 0,
  };
  return Object.setPrototypeOf(kept, methods);
};
