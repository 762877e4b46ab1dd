import transliterate from "@sindresorhus/transliterate";
import type { PostId } from "../ids.ts";
import { slugLength } from "../published/published-post.limits.ts";
import { Slug } from "../published/published-post.ts";

/** Number of suffixes to try if a slug is taken. */
const numbered = 4;

/**
 * Returns candidates for a post's slug, to be tried in order. The last one ends with the post's id, and is the only one
 * for a title without ASCII letters or digits.
 *
 * Example: "Garden" gives `garden`, `garden-2` to `garden-5`, and `garden-6g7h8j9k`.
 */
export function slugsFor(title: string, id: PostId): readonly [Slug, ...Slug[]] {
  const end = id.slice(-8).toLowerCase();
  const base = slugOf(title);
  if (base === "") return [Slug.parse(`post-${end}`)];
  const others = Array.from({ length: numbered }, (_, index) => joined(base, String(index + 2)));
  return [Slug.parse(base), ...others, joined(base, end)];
}

/**
 * Returns a text in Latin script as words of ASCII letters and digits joined by hyphens. Example: "Straße nach Łódź"
 * gives `strasse-nach-lodz`. Scripts that the library does not know, such as Chinese, are left out.
 */
function slugOf(text: string): string {
  const words = transliterate(text.normalize("NFC"))
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return cut(words.join("-"), slugLength.max);
}

/** Truncates a slug to a maximum length, after a whole word if there is more than one. */
function cut(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const start = slug.slice(0, length + 1);
  const end = start.lastIndexOf("-");
  return end > 0 ? start.slice(0, end) : slug.slice(0, length);
}

const joined = (base: string, end: string) => Slug.parse(`${cut(base, slugLength.max - end.length - 1)}-${end}`);
