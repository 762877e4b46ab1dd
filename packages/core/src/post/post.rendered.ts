import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { binary, item, number, string } from "dynamodb-toolbox/schema";
import * as z from "zod";
import type { Write } from "../db/idempotency.ts";
import { renderedKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { type RenderedArticle, rendererVersion } from "../markdown/rendered.ts";
import type { PageRecord } from "./post.page.repository.ts";
import type { Slug } from "./post.ts";

/** Renders the text of a page; called once, when the post is published. */
export type RenderPage = (page: PageRecord) => Promise<RenderedArticle>;

/** The HTML of a page. An item of its own: a page is written again for each comment that is counted. */
export const RenderedItem = new Entity({
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
  computeKey: ({ handle, slug }) => renderedKey(handle, slug),
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

/** Stores the HTML of a page, in the transaction that stores the page. */
export async function renderedWrite(page: PageRecord, article: RenderedArticle): Promise<Write> {
  const { author, slug, publishedAt, revisedAt, version } = page;
  // The text is in it twice, and the second time costs nothing: Brotli looks back further than a text is long.
  const content = await compress(JSON.stringify(article), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  return RenderedItem.build(PutTransaction).item({
    ...{ handle: author.handle, slug, renderer: rendererVersion, content, version },
    ...{ createdAt: publishedAt, updatedAt: revisedAt },
  });
}

/** Removes the HTML of a page that moves or is not shown any more. */
export const noRendered = (handle: string, slug: Slug): Write =>
  RenderedItem.build(DeleteTransaction).key({ handle, slug });

/** The HTML that an item holds; nothing where another renderer has made it. */
export async function renderedOf(stored: FormattedItem<typeof RenderedItem>): Promise<RenderedArticle | null> {
  if (stored.renderer !== rendererVersion) return null;
  const json = await decompress(stored.content, { maxOutputLength: mostBytes });
  return Content.parse(JSON.parse(json.toString("utf8")));
}
