import type { PostId } from "../ids.ts";
import { slugLength } from "./post.limits.ts";
import { Slug } from "./post.ts";

/** How many numbers are tried after a slug that is taken. */
const numbered = 4;

/**
 * What the address of a post may end in, by its title: the first that no other post of the author has is taken. A title that says
 * nothing in ASCII gives way to the end of the post's id, and so does one that is taken too often.
 */
export function slugsFor(title: string, id: PostId): readonly [Slug, ...Slug[]] {
  const end = id.slice(-8).toLowerCase();
  const base = slugOf(title);
  if (base === "") return [Slug.parse(`post-${end}`)];
  const others = Array.from({ length: numbered }, (_, index) => joined(base, String(index + 2)));
  return [Slug.parse(base), ...others, joined(base, end)];
}

/** The ASCII letters and digits of a text, accents taken off, in words that hyphens join. */
function slugOf(text: string): string {
  const words = text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return cut(words.join("-"), slugLength.max);
}

/** At most so long, and whole words where there is more than one. */
function cut(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const start = slug.slice(0, length + 1);
  const end = start.lastIndexOf("-");
  return end > 0 ? start.slice(0, end) : slug.slice(0, length);
}

const joined = (base: string, end: string) => Slug.parse(`${cut(base, slugLength.max - end.length - 1)}-${end}`);
