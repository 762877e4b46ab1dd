/** A row of the list, found by the key of its todo. */
const rowOf = (key: string) => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);

/** What of a row takes the focus: its checkbox, or the field in its place. */
const controlOf = (row: Element | null | undefined) => row?.querySelector<HTMLElement>("input");

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];

export function focusRow(key: string): boolean {
  const control = controlOf(rowOf(key));
  control?.focus();
  return control !== undefined && control !== null;
}

/** Brings a row into sight that has just come. */
export const showRow = (key: string) => requestAnimationFrame(() => rowOf(key)?.scrollIntoView({ block: "nearest" }));

/** Gives the focus to the row below or above the one that has it; without one, to the first or the last. */
export function focusNeighbour(by: 1 | -1): void {
  const all = rows();
  const place = all.findIndex((row) => row.contains(document.activeElement));
  const next = place < 0 ? all.at(by === 1 ? 0 : -1) : all[place + by];
  controlOf(next)?.focus();
}

/** The row that takes the focus when this one goes: the next, or else the one before. */
export function neighbourOf(key: string): string | undefined {
  const all = rows();
  const place = all.findIndex((row) => row.dataset.row === key);
  if (place < 0) return undefined;
  return (all[place + 1] ?? all[place - 1])?.dataset.row;
}
