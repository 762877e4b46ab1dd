/** Finds the row of a todo by its key. */
const rowOf = (key: string) => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);

/** The focusable control of a row: its checkbox, or the text field that replaces it. */
const controlOf = (row: Element | null | undefined) => row?.querySelector<HTMLElement>("input");

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];

/** The keys of the shown todos, in order. */
export const shownKeys = (): string[] => rows().map((row) => row.dataset.row ?? "");

/** @returns whether the todo has a row */
export function focusRow(key: string): boolean {
  const control = controlOf(rowOf(key));
  control?.focus();
  return control !== undefined && control !== null;
}

/** Scrolls to a row that was just added. */
export const showRow = (key: string) => requestAnimationFrame(() => rowOf(key)?.scrollIntoView({ block: "nearest" }));

/** Focuses the row below or above the focused one. If no row has the focus, focuses the first or the last. */
export function focusNeighbour(by: 1 | -1): void {
  const all = rows();
  const place = all.findIndex((row) => row.contains(document.activeElement));
  const next = place < 0 ? all.at(by === 1 ? 0 : -1) : all[place + by];
  controlOf(next)?.focus();
}

/** Returns the row to focus when this one is removed: the next, or else the previous. */
export function neighbourOf(key: string): string | undefined {
  const keys = shownKeys();
  const place = keys.indexOf(key);
  return place < 0 ? undefined : (keys[place + 1] ?? keys[place - 1]);
}
