/** Code of a CloudFront function, which may have 10,240 bytes, without indentation, empty lines and lines that are comments. */
export const minified = (code: string): string =>
  code
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
