/**
 * Minifies the code of a CloudFront function, which is limited to 10,240 bytes: removes indentation, empty lines and
 * comment lines.
 */
export const minified = (code: string): string =>
  code
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
