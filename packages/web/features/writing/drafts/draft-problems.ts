import { type Length, lengthProblem } from "@daybook/core/length";
import {
  altLength,
  bodyBytes,
  bodyLength,
  excerptLength,
  slugForm,
  slugLength,
  tagForm,
  tagLength,
  tagsPerPost,
  titleLength,
} from "@daybook/core/published/published-post.limits";
import { writingWords } from "../../../copy/writing.ts";
import type { Draft, DraftMember } from "./draft.ts";

const words = writingWords.wrong;

const tooLong = (text: string, length: Length): string | undefined => {
  const over = [...text].length - length.max;
  return over > 0 ? words.tooLong(over) : undefined;
};

const bytesOf = (text: string) => new TextEncoder().encode(text).byteLength;

const slugProblem = (slug: string): string | undefined =>
  slugForm.test(slug) && lengthProblem(slug, slugLength) === undefined ? undefined : words.slug;

function tagsProblem(tags: readonly string[]): string | undefined {
  if (tags.length > tagsPerPost) return words.tooManyTags(tagsPerPost);
  const wrong = tags.find((tag) => !tagForm.test(tag) || lengthProblem(tag, tagLength) !== undefined);
  return wrong === undefined ? undefined : words.tag(wrong, tagLength.max);
}

function urlProblem(url: string): string | undefined {
  const fits = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && url.length <= 500;
  return fits ? undefined : words.url;
}

const problems: { readonly [Member in DraftMember]?: (draft: Draft) => string | undefined } = {
  title: ({ title }) => tooLong(title.trim(), titleLength),
  body: ({ body }) => tooLong(body, bodyLength) ?? (bytesOf(body) > bodyBytes ? words.tooLarge : undefined),
  excerpt: ({ excerpt }) => tooLong(excerpt ?? "", excerptLength),
  slug: ({ slug }) => (slug === null ? undefined : slugProblem(slug)),
  tags: ({ tags }) => tagsProblem(tags),
  coverAlt: ({ coverAlt }) => tooLong(coverAlt, altLength),
  canonicalUrl: ({ canonicalUrl }) => (canonicalUrl === null ? undefined : urlProblem(canonicalUrl)),
};

/**
 * Returns the API's refusal of a member in words, or undefined if it is valid. Example: a title of 201 characters is
 * reported as one too long.
 */
export const draftProblem = (draft: Draft, member: DraftMember): string | undefined => problems[member]?.(draft);

export const isValid = (draft: Draft, member: DraftMember): boolean => draftProblem(draft, member) === undefined;
