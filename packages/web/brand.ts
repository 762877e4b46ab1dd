/**
 * What this product is called, and where it comes from: renaming it happens here, its colours and type are in `app/tokens.css`, its
 * logo in `lib/ui/logo.tsx` and `public/icon.svg`.
 */
export const brand = {
  name: "Daybook",
  tagline: "A quiet list for what the day asks of you",
  description: "Write it down, tick it off, find it again tomorrow. A todo list that never loses a word.",
  /** Where pages are when they are deployed, for what needs a whole address, such as a card on a social network. */
  origin: "https://daybook.example",
  /** The colour around the page, in a browser's own bars: the token of this name, for what no style sheet reaches. */
  paper: { light: "#faf6ec", dark: "#131815" },
} as const;
