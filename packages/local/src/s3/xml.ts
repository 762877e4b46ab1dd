import type { ServiceResponse } from "../iam/protocols.ts";
import { escapeXml } from "../iam/protocols.ts";

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescapeXml = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    return String.fromCodePoint(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });

/** Returns the texts of all elements with this name, in document order. */
export const textsOf = (document: Uint8Array, element: string): string[] =>
  [
    ...Buffer.from(document)
      .toString()
      .matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g")),
  ].map(([, text = ""]) => unescapeXml(text));

/** Returns an element with a text, or an empty string if the text is undefined. */
export const element = (name: string, text: string | number | boolean | undefined): string =>
  text === undefined ? "" : `<${name}>${escapeXml(String(text))}</${name}>`;

/** Returns a response in S3's XML format. */
export const xmlResponse = (root: string, content: string, status = 200): ServiceResponse => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`,
});
