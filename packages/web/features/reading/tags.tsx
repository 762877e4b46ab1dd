import { reading } from "../../copy/reading.ts";
import { paths } from "./site.ts";

/** The tags of a post. Each links to all posts with that tag. */
export function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <ul aria-label={reading.tags} className="flex flex-wrap gap-2 text-sm">
      {tags.map((tag) => (
        <li key={tag}>
          <a
            href={paths.tag(tag)}
            rel="tag"
            className="inline-flex min-h-8 items-center rounded-md border border-edge px-3 text-muted hover:border-accent hover:text-accent"
          >
            {tag}
          </a>
        </li>
      ))}
    </ul>
  );
}
