/*
 * The form in which texts of users are stored. Browsers apply it, too, so these functions need no schema library.
 */

/**
 * Control characters besides tab and line feed, embeddings and overrides of the text direction, the byte order mark,
 * and code points that are no characters. An override makes "gpj.exe" look like "exe.jpg".
 */
const unwanted = /(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}\u202a-\u202e\ufeff]/gu;
const lineBreaks = /\r\n?|[\v\f\u0085]/g;

/** Returns a text in Unicode's form NFC, with line feeds as its line breaks and without unwanted characters. */
export const cleanText = (text: string): string =>
  text.replaceAll(lineBreaks, "\n").replaceAll(unwanted, "").normalize("NFC");

/** Returns a clean text on one line, trimmed. Example: "Tea\r\nand\u0000 milk " gives "Tea and milk". */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replaceAll(/[\t\n\u2028\u2029]+/g, " ")
    .trim();

/** Returns whether a text has a visible character. White space, joiners and blank letters such as U+3164 are not. */
export const isVisible = (text: string): boolean =>
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u.test(text);
