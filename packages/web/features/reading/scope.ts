import type { Handle } from "@daybook/core/author/author";
import type { Month, Tag } from "@daybook/core/published/published-post";
import { reading } from "../../copy/reading.ts";
import { paths } from "./site.ts";

/** The posts of a list: those of an author, with a tag or from a month. Without these members, all posts. */
export interface Scope {
  readonly author?: Handle;
  readonly tag?: Tag;
  readonly month?: Month;
}

/** Returns the title and the path of the page that lists these posts. @param name of the author */
export function listOf({ author, tag }: Scope, name = "") {
  if (author) return { title: name, description: reading.postsBy(name), path: paths.author(author) };
  if (tag) return { title: reading.tagged(tag), description: reading.tagged(tag), path: paths.tag(tag) };
  return { title: reading.blogTitle, description: reading.blogDescription, path: paths.blog };
}
