const inPages = /\/_next\/(static\/(?:chunks|media)\/[\w.~-]+)/g;
/** A chunk references the chunks that it loads by path, and a stylesheet references its fonts by a relative path. */
const inChunks = /(static\/(?:chunks|media)\/[\w.~-]+\.(?:js|css|woff2))|\.\.\/(media\/[\w.~-]+)/g;
/** Browsers that support service workers never load this script. */
const legacyScript = /<script[^>]* noModule=""[^>]*>/g;

/**
 * Finds all chunks, stylesheets and fonts that pages of a build can load, including those loaded on demand, which must
 * be available offline.
 * @param html of the pages
 * @param read returns the text of a chunk by its path below `_next`
 * @returns paths below `_next`, sorted
 */
export function chunksOf(html: readonly string[], read: (chunk: string) => string): string[] {
  const found = new Set<string>();
  const wanted = html.flatMap((page) =>
    [...page.replaceAll(legacyScript, "").matchAll(inPages)].map(([, chunk = ""]) => chunk),
  );
  for (let chunk = wanted.pop(); chunk !== undefined; chunk = wanted.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    if (!/\.(js|css)$/.test(chunk)) continue;
    for (const [, named, font] of read(chunk).matchAll(inChunks)) wanted.push(named ?? `static/${font}`);
  }
  return [...found].sort();
}
