import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { binary, item, number, string } from "dynamodb-toolbox/schema";
import * as z from "zod";
import type { Write } from "../db/idempotency.ts";
import { renderedHtmlKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { type RenderedArticle, rendererVersion } from "../markdown/rendered.ts";
import type { Slug } from "../post/post.ts";
import type { PublishedPostRecord } from "./published-post.repository.ts";

/** Renders the text of a post; called once, when it is published. */
export type RenderPost = (post: PublishedPostRecord) => Promise<RenderedArticle>;

/** The HTML of a published post, as an item of its own: the published post is written again with every comment count. */
export const RenderedHtmlItem = new Entity({
  name: "rendered",
  table,
  timestamps: false,
  schema: item({
    handle: string().key(),
    slug: string().key(),
    /** `rendererVersion` of the renderer that made it. */
    renderer: number(),
    /** A `RenderedArticle` as JSON, compressed by Brotli. */
    content: binary(),
    ...itemAttributes,
  }),
  computeKey: ({ handle, slug }) => renderedHtmlKey(handle, slug),
});

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Far more than `limits.ts` lets a text become, in bytes. */
const mostBytes = 16 * 1024 * 1024;

const Content = z.object({
  html: z.string(),
  feedHtml: z.string(),
  headings: z.array(z.object({ id: z.string(), text: z.string(), level: z.number() })),
});

/** The write of the HTML, for the transaction that publishes the post. */
export async function putRenderedHtml(post: PublishedPostRecord, article: RenderedArticle): Promise<Write> {
  const { author, slug, publishedAt, revisedAt, version } = post;
  // The text is in it twice, which costs little: the window of Brotli is larger than a text.
  const content = await compress(JSON.stringify(article), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  return RenderedHtmlItem.build(PutTransaction).item({
    ...{ handle: author.handle, slug, renderer: rendererVersion, content, version },
    ...{ createdAt: publishedAt, updatedAt: revisedAt },
  });
}

/** Deletes the HTML at an address that the post leaves. */
export const deleteRenderedHtml = (handle: string, slug: Slug): Write =>
  RenderedHtmlItem.build(DeleteTransaction).key({ handle, slug });

/** The HTML that an item holds; null if another version of the renderer made it. */
export async function renderedHtmlOf(stored: FormattedItem<typeof RenderedHtmlItem>): Promise<RenderedArticle | null> {
  if (stored.renderer !== rendererVersion) return null;
  const json = await decompress(stored.content, { maxOutputLength: mostBytes });
  return Content.parse(JSON.parse(json.toString("utf8")));
}
