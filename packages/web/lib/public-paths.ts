/**
 * Returns the path of a request to the site's server function. The edge writes every character that a signature could
 * cover in two ways as `~` and its code, and this restores it: `/tags/caf~C3~A9` gives `/tags/caf%C3%A9`, and
 * `/~40maya` gives `/@maya`. No public path contains `~`.
 */
export const unescapedPath = (path: string): string => path.replaceAll("~40", "@").replace(/~([0-9A-F]{2})/g, "%$1");
