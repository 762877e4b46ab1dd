/** The names of days near today, by their distance from it. */
const near: Readonly<Record<number, string>> = { [-1]: "Yesterday", 0: "Today", 1: "Tomorrow" };

export const dateWords = { near } as const;
