import type { Handle } from "../author/author.ts";
import { isVisible } from "../clean-text.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import type { MediaId } from "../ids.ts";
import { readPictures } from "../media/media.service.ts";
import { type InvalidMember, Problem } from "../problem.ts";
import { picturesPerPost } from "../published/published-post.limits.ts";
import type { PublishedPostRecord } from "../published/published-post.service.ts";
import type * as users from "../user/user.service.ts";
import { excerptOf } from "./post.excerpt.ts";
import { mediaIn } from "./post.media.ts";
import type { WholePostRecord } from "./post.repository.ts";
import { type PictureReference, picturesIn, wordsIn } from "./prose.ts";

/** A published post without its slug, times, version and comment count. */
export type PublishedContent = Omit<
  PublishedPostRecord,
  "slug" | "publishedAt" | "revisedAt" | "version" | "commentCount"
>;

type Profile = Awaited<ReturnType<typeof users.find>>;

/**
 * Creates the published copy of a post, including its author and pictures. One round trip if the post refers to
 * pictures.
 *
 * @throws handle-required, name-required
 * @throws post-incomplete with everything that is missing
 */
export async function publishedContentOf(post: WholePostRecord, profile: Profile): Promise<PublishedContent> {
  const author = authorOf(profile);
  const references = picturesIn(post.body);
  const inBody = mediaIn(post.body);
  const wanted = post.coverId === null ? inBody : [...inBody, post.coverId];
  const isTooMany = inBody.length > picturesPerPost;
  const found = await readPictures(post.authorId, isTooMany ? [] : wanted);
  const problems = [
    ...problemsOfText(post, references),
    ...(isTooMany ? [{ pointer: "/body", detail: `A post can have at most ${picturesPerPost} pictures` }] : []),
    ...(isTooMany ? [] : inBody.flatMap((id) => problemOfPicture(found.get(id), "/body", nameOf(id, references)))),
    ...(post.coverId === null || isTooMany ? [] : problemOfPicture(found.get(post.coverId), "/coverId", "The cover")),
  ];
  const errors = distinct(problems);
  if (errors.length > 0)
    throw new Problem("post-incomplete", { errors, detail: errors.map(({ detail }) => detail).join("; ") });
  const picture = (id: MediaId | null) => {
    const one = id === null ? undefined : found.get(id);
    return typeof one === "object" ? one : null;
  };
  const { id: postId, authorId, title, body, tags, coverId, coverAlt, canonicalUrl, comments } = post;
  return {
    ...{ postId, authorId, author, title, body, tags, canonicalUrl, comments, coverAlt },
    excerpt: post.excerpt || excerptOf(body),
    cover: picture(coverId),
    pictures: inBody.map(picture).filter((each) => each !== null),
    words: wordsIn(body),
  };
}

function authorOf(profile: Profile): PublishedPostRecord["author"] & { readonly handle: Handle } {
  if (!profile || profile.handle === null) throw new Problem("handle-required");
  const { handle, name, bio, avatar } = profile;
  if (name === null) throw new Problem("name-required");
  return { handle, name, bio, avatar };
}

function problemsOfText(post: WholePostRecord, references: readonly PictureReference[]): InvalidMember[] {
  return [
    ...(post.title === "" ? [{ pointer: "/title", detail: "The title is missing" }] : []),
    ...(!isVisible(post.body) ? [{ pointer: "/body", detail: "There is nothing to read yet" }] : []),
    ...undescribed(references),
    ...(post.coverId !== null && !isVisible(post.coverAlt)
      ? [{ pointer: "/coverAlt", detail: "The cover does not say what it shows" }]
      : []),
  ];
}

/** Most pictures that one problem names. */
const mostNamed = 10;

/** Names the pictures without an alternative text by their numbers in the text, which the editor shows. */
function undescribed(references: readonly PictureReference[]): InvalidMember[] {
  const numbers = references.flatMap(({ alt }, i) => (alt === "" ? [i + 1] : []));
  if (numbers.length === 0) return [];
  const names = numbers.slice(0, mostNamed).join(", ") + (numbers.length > mostNamed ? " and more" : "");
  const detail = numbers.length === 1 ? `Picture ${names} does not` : `Pictures ${names} do not`;
  return [{ pointer: "/body", detail: `${detail} say what ${numbers.length === 1 ? "it shows" : "they show"}` }];
}

const nameOf = (id: MediaId, references: readonly PictureReference[]) =>
  `Picture ${references.findIndex((reference) => reference.id === id) + 1}`;

function problemOfPicture(
  found: StoredPicture | "awaited" | "refused" | undefined,
  pointer: string,
  subject: string,
): InvalidMember[] {
  if (typeof found === "object") return [];
  const reasons = { awaited: "is not ready yet", refused: "was refused", undefined: "is none of your uploads" };
  return [{ pointer, detail: `${subject} ${reasons[`${found}`]}` }];
}

const distinct = (problems: readonly InvalidMember[]): InvalidMember[] => [
  ...new Map(problems.map((problem) => [`${problem.pointer} ${problem.detail}`, problem])).values(),
];
