const rules = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

/** A number with its noun: "1 item", "2 items". @param noun one that takes a plain "s" */
export const counted = (count: number, noun: string): string =>
  `${numbers.format(count)} ${rules.select(count) === "one" ? noun : `${noun}s`}`;
