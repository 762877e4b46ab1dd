/** Characters that XML 1.0 does not allow, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern has to match control characters.
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** Escapes a text for use in an element or an attribute. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(unfit, "")
    .replace(/[&<>"\r]/g, (character) => escapes[character] ?? "");

type Content = string | readonly (string | undefined)[];

/** Returns an element as text. A string as content is escaped; child elements are passed as an array. */
export function xml(name: string, content: Content, attributes: Readonly<Record<string, string>> = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inside =
    typeof content === "string" ? escapeXml(content) : content.filter((each) => each !== undefined).join("");
  return `<${name}${written.join("")}>${inside}</${name}>`;
}

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;
