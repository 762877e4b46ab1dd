/**
 * Code for a CloudFront function, which may have 10,240 bytes with all that SST adds, without comment lines, indentation and line breaks.
 * Each statement must end in a semicolon or a brace; a comment has a line of its own.
 */
export const minified = (code: string): string =>
  code
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !line.startsWith("//"))
    .join("");
