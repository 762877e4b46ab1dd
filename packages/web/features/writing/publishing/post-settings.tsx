import { useState } from "react";
import * as v from "valibot";
import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { Select } from "../../../lib/ui/form/select.tsx";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import { PictureField } from "../../pictures/picture-field.tsx";
import { Draft } from "../drafts/draft.ts";
import { draftProblem } from "../drafts/draft-problems.ts";

const words = writingWords.publish;
const { slug: Slug, tags: Tags, comments: CommentPolicy } = Draft.entries;

/**
 * Parses typed tags: separated by commas, lower case, hyphens for spaces and underscores, without duplicates. Example:
 * "Home Baking, #bread, bread" gives "home-baking" and "bread".
 */
function tagsFrom(typed: string): Draft["tags"] {
  const tags = typed
    .toLowerCase()
    .split(",")
    .map((tag) =>
      tag
        .trim()
        .replace(/^#/, "")
        .replaceAll(/[\s_]+/g, "-"),
    );
  return v.parse(
    Tags,
    [...new Set(tags)].filter((tag) => tag !== ""),
  );
}

interface PostSettingsProps {
  readonly draft: Draft;
  /** Handle of the author, part of the post's address. */
  readonly handle: string;
  /** Returns the publishing problem of a field, by JSON pointer. */
  problemOf(pointer: string): string | undefined;
  onChange(change: Partial<Draft>): void;
}

/** Address, tags, excerpt, comment policy, canonical URL and cover of a post. */
export function PostSettings({ draft, handle, problemOf, onChange }: PostSettingsProps) {
  const [tags, setTags] = useState(draft.tags.join(", "));
  const { slug, coverId } = draft;
  const field = (name: "slug" | "tags" | "excerpt" | "canonicalUrl" | "coverAlt") => ({
    name,
    label: words[name],
    error: draftProblem(draft, name) ?? problemOf(`/${name}`),
  });
  return (
    <>
      <Field
        {...field("slug")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={slug ?? ""}
        hint={slug === null ? words.slugAuto : words.slugHint(`/@${handle}/${slug}`)}
        onChange={({ target }) =>
          onChange({ slug: v.parse(Slug, target.value.toLowerCase().replaceAll(/\s+/g, "-") || null) })
        }
      />
      <Field
        {...field("tags")}
        hint={words.tagsHint}
        dir="auto"
        autoComplete="off"
        autoCapitalize="none"
        value={tags}
        onChange={({ target }) => {
          setTags(target.value);
          onChange({ tags: tagsFrom(target.value) });
        }}
      />
      <TextArea
        {...field("excerpt")}
        hint={words.excerptHint}
        dir="auto"
        value={draft.excerpt ?? ""}
        onChange={({ target }) => onChange({ excerpt: target.value || null })}
      />
      <Select
        name="comments"
        label={words.comments}
        value={draft.comments}
        onChange={({ target }) => onChange({ comments: v.parse(CommentPolicy, target.value) })}
      >
        {CommentPolicy.options.map((policy) => (
          <option key={policy} value={policy}>
            {words.commentPolicies[policy]}
          </option>
        ))}
      </Select>
      <Field
        {...field("canonicalUrl")}
        type="url"
        hint={words.canonicalHint}
        autoComplete="off"
        value={draft.canonicalUrl ?? ""}
        onChange={({ target }) => onChange({ canonicalUrl: target.value.trim() || null })}
      />
      <PictureField
        label={words.cover}
        mediaId={coverId}
        choose={coverId === null ? words.coverChoose : words.coverReplace}
        remove={words.coverRemove}
        onChange={(chosen) => onChange(chosen === null ? { coverId: null, coverAlt: "" } : { coverId: chosen })}
      />
      {coverId !== null && (
        <Field
          {...field("coverAlt")}
          hint={writingWords.pictures.altHint}
          dir="auto"
          autoComplete="off"
          value={draft.coverAlt}
          onChange={({ target }) => onChange({ coverAlt: target.value })}
        />
      )}
    </>
  );
}
