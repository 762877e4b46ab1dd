import type { Slug, Tag } from "@daybook/core/published/published-post";
import { useState } from "react";
import * as v from "valibot";
import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { Select } from "../../../lib/ui/form/select.tsx";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import type { Draft } from "../drafts/draft.ts";
import { draftProblem } from "../drafts/draft-problems.ts";

const words = writingWords.publish;
const slugOf = v.custom<Slug>((value) => typeof value === "string");
const tagOf = v.custom<Tag>((value) => typeof value === "string");

/**
 * Parses typed tags: separated by commas, lower case, hyphens for spaces and underscores, without duplicates. Example:
 * "Home Baking, #bread, bread" gives "home-baking" and "bread".
 */
export function tagsFrom(typed: string): Tag[] {
  const tags = typed
    .split(",")
    .map((tag) =>
      tag
        .trim()
        .toLowerCase()
        .replace(/^#/, "")
        .replaceAll(/[\s_]+/g, "-"),
    )
    .filter((tag) => tag !== "");
  return [...new Set(tags)].map((tag) => v.parse(tagOf, tag));
}

const commentPolicies = [
  ["open", words.commentsOpen],
  ["moderated", words.commentsModerated],
  ["closed", words.commentsClosed],
] as const;

interface PostSettingsProps {
  readonly draft: Draft;
  /** Handle of the author, part of the post's address. */
  readonly handle: string;
  /** Returns the publishing problem of a field, by JSON pointer. */
  problemOf(pointer: string): string | undefined;
  onChange(change: Partial<Draft>): void;
}

/** Address, tags, excerpt, comment policy and canonical URL of a post. */
export function PostSettings({ draft, handle, problemOf, onChange }: PostSettingsProps) {
  const [tags, setTags] = useState(draft.tags.join(", "));
  const { slug } = draft;
  return (
    <>
      <Field
        name="slug"
        label={words.slug}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={slug ?? ""}
        hint={slug === null ? words.slugAuto : words.slugHint(`/@${handle}/${slug}`)}
        error={draftProblem(draft, "slug") ?? problemOf("/slug")}
        onChange={({ target }) => {
          const typed = target.value.toLowerCase().replaceAll(/\s+/g, "-");
          onChange({ slug: typed === "" ? null : v.parse(slugOf, typed) });
        }}
      />
      <Field
        name="tags"
        label={words.tags}
        hint={words.tagsHint}
        autoComplete="off"
        autoCapitalize="none"
        value={tags}
        error={draftProblem(draft, "tags") ?? problemOf("/tags")}
        onChange={({ target }) => {
          setTags(target.value);
          onChange({ tags: tagsFrom(target.value) });
        }}
      />
      <TextArea
        name="excerpt"
        label={words.excerpt}
        hint={words.excerptHint}
        dir="auto"
        value={draft.excerpt ?? ""}
        error={draftProblem(draft, "excerpt") ?? problemOf("/excerpt")}
        onChange={({ target }) => onChange({ excerpt: target.value === "" ? null : target.value })}
      />
      <Select
        name="comments"
        label={words.comments}
        value={draft.comments}
        onChange={({ target }) => {
          const [chosen] = commentPolicies.find(([policy]) => policy === target.value) ?? commentPolicies[0];
          onChange({ comments: chosen });
        }}
      >
        {commentPolicies.map(([policy, name]) => (
          <option key={policy} value={policy}>
            {name}
          </option>
        ))}
      </Select>
      <Field
        name="canonicalUrl"
        type="url"
        label={words.canonical}
        hint={words.canonicalHint}
        autoComplete="off"
        value={draft.canonicalUrl ?? ""}
        error={draftProblem(draft, "canonicalUrl") ?? problemOf("/canonicalUrl")}
        onChange={({ target }) => onChange({ canonicalUrl: target.value.trim() === "" ? null : target.value.trim() })}
      />
    </>
  );
}
