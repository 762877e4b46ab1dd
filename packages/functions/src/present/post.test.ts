import { Handle } from "@daybook/core/author/author";
import { PostId } from "@daybook/core/ids";
import { Slug } from "@daybook/core/published/published-post";
import { expect, it, vi } from "vitest";
import { resources } from "../resources.ts";
import { presentEntry } from "./post.ts";

it("shows texts that were stored before they were cleaned, without their control characters", () => {
  vi.spyOn(resources, "origin").mockReturnValue("https://daybook.example");
  const now = "2026-11-21T10:00:00.000Z";
  const entry = presentEntry({
    postId: PostId.parse("pst_01KA6V6A1B2C3D4E5F6G7H8J9K"),
    ...{ slug: Slug.parse("tea"), tags: [], cover: null, coverAlt: "", words: 1, version: 1 },
    ...{ publishedAt: now, revisedAt: now },
    title: "Tea\u0001 \u202eand",
    excerpt: "Cafe\u0301\u0000",
    author: { handle: Handle.parse("maya"), name: "Ma\u0007ya\u202e", avatar: null },
  });
  vi.restoreAllMocks();
  expect(entry).toMatchObject({ title: "Tea and", excerpt: "Café", author: { name: "Maya" } });
});
