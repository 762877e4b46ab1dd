/**
 * The product's name and origin. To rename the product, change this file. Colors and type are in `app/tokens.css`, the
 * logo is in `lib/ui/logo.tsx` and `public/icon.svg`.
 */
export const brand = {
  name: "Daybook",
  tagline: "A quiet list for what the day asks of you",
  description: "Write it down, tick it off, find it again tomorrow. A todo list that never loses a word.",
  /** Origin of the deployed pages, for absolute URLs such as those in social network cards. */
  origin: "https://daybook.example",
  /** The `--paper` color token, for the browser's own bars, which CSS variables do not reach. */
  paper: { light: "#faf6ec", dark: "#131815" },
} as const;
