import * as brand from "@daybook/core/brand";
import { counted } from "./english.ts";

/** Texts of the blog. */
export const reading = {
  blog: "Blog",
  blogTitle: `The ${brand.name} blog`,
  blogDescription: `The newest posts on ${brand.name}, by all authors.`,
  archive: "Archive",
  archiveDescription: "All posts, by month.",
  write: "Write",
  nav: "Blog",
  none: "Nothing has been published yet.",
  noneByAuthor: (name: string) => `${name} has not published anything yet.`,
  older: "Older posts are in the archive",
  minutes: (minutes: number) => `${counted(minutes, "minute")} to read`,
  revised: "Updated",
  tagged: (tag: string) => `Posts about ${tag}`,
  tags: "Tags",
  month: (month: string) => `Posts from ${month}`,
  contents: "Contents",
  aboutAuthor: "About the author",
  allBy: (name: string) => `All posts by ${name}`,
  postsBy: (name: string) => `Posts by ${name}`,
  originally: "First published at",
  feeds: "Follow",
  feedNames: { rss: "RSS", atom: "Atom", json: "JSON Feed" },
  feedOf: (what: string, format: string) => `${what} (${format})`,
} as const;
