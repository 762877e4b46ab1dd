/**
 * Returns the path of a published post. The page may be served from a different origin than the one in the API's URL.
 * Example: "https://daybook.example/@ada/bread" gives "/@ada/bread".
 */
export const publishedPathOf = (page: string): string => new URL(page).pathname;
