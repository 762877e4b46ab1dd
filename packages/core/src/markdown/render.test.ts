import { expect, it } from "vitest";
import type { PictureData } from "../media/media.sources.ts";
import { renderArticle } from "./render.ts";

const id = "med_01KA6V8C3D4E5F6G7H8J9K0M1N";
const origin = "https://daybook.example";
const page = `${origin}/@maya/a-garden`;
const picture: PictureData = {
  ...{ id, width: 1_280, height: 960, placeholder: "data:image/webp;base64,UklGRg==" },
  variants: [640, 1_280].flatMap((width) =>
    ["avif", "webp"].map((kind) => ({ url: `${origin}/media/${id}/${width}.${kind}`, type: `image/${kind}`, width })),
  ),
};
const render = (source: string) => renderArticle(source, page, { pictures: [picture], eager: true });

it("renders an article for its page and for feeds, and returns its headings", async () => {
  const { html, feedHtml, headings } = await render("## Soil\n\nA [bed](/todos), see [below](#section-soil).");
  expect(headings).toEqual([{ id: "section-soil", text: "Soil", level: 2 }]);
  expect(html).toContain('<h2 id="section-soil" dir="auto">Soil<a href="#section-soil" class="anchor"');
  expect(html).toContain('<a href="/todos">bed</a>');
  expect(feedHtml).toContain('<h2 id="section-soil" dir="auto">Soil</h2>');
  expect(feedHtml).toContain(`<a href="${origin}/todos">bed</a>, see <a href="${page}#section-soil">below</a>`);
});

it("highlights code on the page and leaves it plain in feeds", async () => {
  const { html, feedHtml } = await render("```ts\nconst a = 1;\n```");
  expect(html).toContain('<span class="code-keyword">const</span>');
  expect(html).not.toContain("style=");
  expect(feedHtml).toContain("<code>const a = 1;\n</code>");
});

it("shows a decorative picture without a text, and a transparent one without a placeholder", async () => {
  const { html, feedHtml } = await render(`![](media:${id}#decorative)`);
  expect(html).toContain('alt="" width="1280"');
  expect(html).toContain(picture.placeholder);
  expect(feedHtml).toContain(`<img src="${origin}/media/${id}/640.webp" alt=""`);
  const pictures = [{ ...picture, transparent: true }];
  const seen = await renderArticle(`![A line](media:${id})`, page, { pictures, eager: true });
  expect(seen.html).toContain('<span class="picture picture-natural picture-transparent"><picture>');
  expect(seen.html).not.toContain(picture.placeholder);
});

it("uses paths for pictures on the page and absolute URLs in feeds", async () => {
  const { html, feedHtml } = await render(`![Roses](media:${id})`);
  expect(html).toContain(`<source type="image/avif" srcset="/media/${id}/640.avif 640w, /media/${id}/1280.avif 1280w"`);
  expect(html).toContain(
    'alt="Roses" width="1280" height="960" loading="eager" fetchpriority="high" decoding="async">',
  );
  expect(feedHtml).toBe(
    `<figure dir="auto"><img src="${origin}/media/${id}/640.webp" alt="Roses" width="640" height="480"></figure>`,
  );
});
