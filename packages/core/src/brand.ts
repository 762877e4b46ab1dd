/*
 * The product's name and look, for the API, mails, infrastructure and the web app. To rename the product, run
 * `npm run rename`. Colors and type are in `packages/web/app/tokens.css`, and the logo is in
 * `packages/web/lib/ui/logo.tsx`.
 */

/** Letters, digits and spaces, because it is also part of mail headers. */
export const name = "Daybook";

/**
 * The name in identifiers, such as those of problems, headers, scopes and resources. With another id, a deployment
 * creates everything again, without the data.
 */
export const id = "daybook";

export const tagline = "A quiet list for what the day asks of you";
export const description = "Write it down, tick it off, find it again tomorrow. A todo list that never loses a word.";

/** Origin of pages where the deployed one is unknown: in examples, and for absolute URLs of a build. */
export const origin = "https://daybook.example";

/** The `--paper` color token, for the browser's own bars, which CSS variables do not reach. */
export const paper = { light: "#faf6ec", dark: "#131815" };
