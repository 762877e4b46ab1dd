const inPages = /\/_next\/(static\/(?:chunks|media)\/[\w.~-]+)/g;
/** A chunk names those that it loads later by their path, and a stylesheet its fonts relative to itself. */
const inChunks = /(static\/(?:chunks|media)\/[\w.~-]+\.(?:js|css|woff2))|\.\.\/(media\/[\w.~-]+)/g;
/** A browser with service workers never loads it. */
const legacyScript = /<script[^>]* noModule=""[^>]*>/g;

/**
 * All chunks, stylesheets and fonts that pages of a build can load, also later: what is loaded on demand must be there without a network.
 * @param html of the pages
 * @param read gives the text of a chunk by its path below `_next`
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
