import sharp from "sharp";
import { test as base } from "../fixtures.ts";
import { type Author, newAuthor } from "./author.ts";

export { expect } from "../fixtures.ts";

/** The time in milliseconds within which readers must see a change through the edge. */
export const visibleWithin = 5_000;

export const test = base.extend<{ author: Author }>({
  author: async ({ baseURL, mailbox }, use) => use(await newAuthor({ baseURL: baseURL ?? "", mailbox })),
});

/** Returns a red square as PNG. */
export const square = () =>
  sharp({ create: { width: 1600, height: 1600, channels: 3, background: "#a33" } })
    .png()
    .toBuffer()
    .then((png) => Uint8Array.from(png));
