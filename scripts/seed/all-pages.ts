/** Returns the items of all pages of a collection. */
export async function allPages<Item>(
  page: (cursor?: string) => Promise<{ data: readonly Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const { data, next } = await page(cursor);
    items.push(...data);
    cursor = next;
  } while (cursor !== undefined);
  return items;
}
