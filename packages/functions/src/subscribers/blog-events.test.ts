import type { AttributeValue } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { eventsOf } from "./domain-events.ts";

type Image = Record<string, AttributeValue>;

const postId = "pst_01KAJ00000000000000000000A";
const authorId = "usr_11111111-2222-4333-8444-555555555555";
const mediaId = "med_01KAJ00000000000000000000C";
const texts = (...values: string[]): AttributeValue => ({ L: values.map((S) => ({ S })) });

const page = (more: Image = {}): Image => ({
  entity: { S: "page" },
  postId: { S: postId },
  handle: { S: "maya" },
  slug: { S: "gardens" },
  publishedAt: { S: "2026-11-21T10:00:00.000Z" },
  tags: texts("soil"),
  title: { S: "Gardens" },
  commentCount: { N: "1" },
  version: { N: "3" },
  ...more,
});
const redirect: Image = {
  entity: { S: "redirect" },
  postId: { S: postId },
  handle: { S: "maya" },
  slug: { S: "gardens" },
  movedTo: { S: "our-garden" },
};
const comment = (more: Image = {}): Image => ({
  entity: { S: "comment" },
  postId: { S: postId },
  id: { S: "cmt_01KAJ00000000000000000000B" },
  version: { N: "1" },
  postAuthorId: { S: authorId },
  writer: { M: { id: { S: "usr_99999999-2222-4333-8444-555555555555" } } },
  rank: { N: "1" },
  replies: { N: "0" },
  ...more,
});
const author = (more: Image = {}): Image => ({
  entity: { S: "author" },
  userId: { S: authorId },
  handle: { S: "maya" },
  name: { S: "Maya" },
  ...more,
});

const meanings = (OldImage?: Image, NewImage?: Image) =>
  eventsOf({ dynamodb: { ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) } });
const meaning = (OldImage?: Image, NewImage?: Image) => meanings(OldImage, NewImage)[0];

describe("eventsOf for a published post", () => {
  const where = { postId, handle: "maya", slug: "gardens", month: "2026-11" };
  const changed = { type: "page.changed", ...where, tags: ["soil"], removed: false };
  const removed = { ...changed, removed: true };

  it("returns a change when it is created, updated or deleted", () => {
    expect(meaning(undefined, page())).toEqual(changed);
    expect(meaning(page())).toEqual(removed);
    expect(meaning(page(), page({ title: { S: "Our garden" } }))).toEqual(changed);
  });

  it("names the former month if the date of publication moved to another one", () => {
    const after = page({ publishedAt: { S: "2019-05-04T10:00:00.000Z" } });
    expect(meaning(page(), after)).toEqual({ ...changed, month: "2019-05", formerMonth: "2026-11" });
    expect(meaning(page(), page({ publishedAt: { S: "2026-11-01T10:00:00.000Z" } }))).toEqual(changed);
  });

  it("names the tags before and after", () => {
    const after = page({ tags: texts("water", "soil") });
    expect(meaning(page(), after)).toEqual({ ...changed, tags: ["soil", "water"] });
  });

  it("returns a change when it replaces a redirect or is replaced by one", () => {
    expect(meaning(page(), redirect)).toEqual(removed);
    expect(meaning(redirect, page())).toEqual(changed);
  });

  it("returns no month for a redirect", () => {
    const { month: _, ...elsewhere } = changed;
    expect(meaning(undefined, redirect)).toEqual({ ...elsewhere, tags: [] });
  });

  it("ignores an update of the comment count only", () => {
    const counted = page({ commentCount: { N: "2" }, counted: { S: "b" } });
    expect(meaning(page(), counted)).toBeUndefined();
    expect(meaning(page(), { ...counted, title: { S: "Our garden" } })).toEqual(changed);
  });

  it("throws for invalid attributes", () => {
    expect(() => meaning(undefined, page({ handle: { S: "Not a handle" } }))).toThrow(/handle/);
    expect(() => meaning(undefined, page({ postId: { N: "7" } }))).toThrow(/postId/);
    expect(() => meaning(undefined, page({ publishedAt: { S: "yesterday" } }))).toThrow(/month/);
  });
});

describe("eventsOf for a comment", () => {
  const changed = { type: "comment.changed", postId };

  it("returns a change when it is created, edited, reviewed or deleted", () => {
    expect(meaning(undefined, comment())).toEqual(changed);
    expect(meaning(comment())).toEqual(changed);
    expect(meaning(comment(), comment({ version: { N: "2" } }))).toEqual(changed);
    const { rank: _, ...outOfPlace } = comment();
    expect(meaning(comment(), outOfPlace)).toEqual(changed);
  });

  it("also returns the addition of a reader's comment", () => {
    const added = { type: "comment.added", authorId, commentId: "cmt_01KAJ00000000000000000000B" };
    expect(meanings(undefined, comment())).toEqual([changed, added]);
    expect(meanings(comment(), comment({ version: { N: "2" } }))).toEqual([changed]);
    expect(meanings(comment())).toEqual([changed]);
    const own = comment({ writer: { M: { id: { S: authorId } } } });
    expect(meanings(undefined, own)).toEqual([changed]);
  });

  it("ignores a new reply, which has its own event", () => {
    expect(meaning(comment(), comment({ replies: { N: "1" } }))).toBeUndefined();
  });
});

describe("eventsOf for an author", () => {
  const changed = { type: "author.changed", userId: authorId, handle: "maya" };

  it("returns a change when public fields appear, change or are removed", () => {
    expect(meaning(undefined, author())).toEqual(changed);
    expect(meaning(author(), author({ bio: { S: "Gardens." } }))).toEqual(changed);
    const { name: _, ...gone } = author();
    expect(meaning(author(), gone)).toEqual(changed);
  });

  it("ignores a new version with the same public fields", () => {
    expect(meaning(author({ version: { N: "1" } }), author({ version: { N: "2" } }))).toBeUndefined();
  });
});

describe("eventsOf for a post and an upload", () => {
  const post: Image = {
    entity: { S: "post" },
    id: { S: postId },
    authorId: { S: authorId },
    mediaIds: texts(mediaId),
    published: { M: { mediaIds: texts(mediaId) } },
  };

  it("returns a deletion when the item is deleted", () => {
    expect(meaning(post)).toEqual({ type: "post.deleted", postId, authorId, mediaIds: [mediaId] });
  });

  it("ignores creations and updates", () => {
    expect(meaning(post, post)).toBeUndefined();
  });
});
