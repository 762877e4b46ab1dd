/** The path of a page of ours, which may be shown under another origin than the one that its author's API names. */
export function publishedPathOf(page: string): string {
  const { pathname } = new URL(page);
  return pathname;
}
