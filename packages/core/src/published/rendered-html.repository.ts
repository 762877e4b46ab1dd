import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import * as z from "zod";
import { Handle } from "../author/author.ts";
import { entity, type RecordOf } from "../db/entity.ts";
import { renderedHtmlKey } from "../db/keys.blog.ts";
import type { Write } from "../db/write.ts";
import { type RenderedArticle, rendererVersion } from "../markdown/rendered.ts";
import { type PublishedPost, Slug } from "./published-post.ts";

/** The HTML of a published post. A separate item, because every comment count rewrites the published post. */
export const renderedHtml = entity({
  name: "rendered",
  schema: z.object({
    handle: Handle,
    slug: Slug,
    /** The `rendererVersion` that made the HTML. */
    renderer: z.int(),
    /** A `RenderedArticle` as JSON, compressed with Brotli. */
    content: z.custom<Uint8Array>(),
  }),
  keyFields: ["handle", "slug"],
  keyOf: ({ handle, slug }) => renderedHtmlKey(handle, slug),
});

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Maximum size of the decompressed content, in bytes. Far above what `limits.ts` allows. */
const mostBytes = 16 * 1024 * 1024;

const Content = z.object({
  html: z.string(),
  feedHtml: z.string(),
  headings: z.array(z.object({ id: z.string(), text: z.string(), level: z.number() })),
});

/** Returns the write of the HTML for the publishing transaction. */
export async function putRenderedHtml(
  post: Pick<PublishedPost, "slug" | "publishedAt" | "revisedAt" | "version"> & {
    readonly author: Pick<PublishedPost["author"], "handle">;
  },
  article: RenderedArticle,
): Promise<Write> {
  const { author, slug, publishedAt, revisedAt, version } = post;
  // Both HTML versions contain the text. That costs little, because Brotli's window is larger than a text.
  const content = await compress(JSON.stringify(article), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  return renderedHtml.put({
    ...{ handle: author.handle, slug, renderer: rendererVersion, content, version },
    ...{ createdAt: publishedAt, updatedAt: revisedAt },
  });
}

/** Returns the write that deletes the HTML at a former address. */
export const deleteRenderedHtml = (handle: Handle, slug: Slug): Write => renderedHtml.delete({ handle, slug });

/** Returns the HTML of an item, or null if another renderer version made it. */
export async function renderedHtmlOf(stored: RecordOf<typeof renderedHtml>): Promise<RenderedArticle | null> {
  if (stored.renderer !== rendererVersion) return null;
  const json = await decompress(stored.content, { maxOutputLength: mostBytes });
  return Content.parse(JSON.parse(json.toString("utf8")));
}
