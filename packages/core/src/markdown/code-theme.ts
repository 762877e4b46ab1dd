import type { ThemeRegistration } from "@shikijs/core";

/** Kinds of code tokens, named as in the style sheet, with the grammar scopes that belong to each. */
const kinds = {
  comment: ["comment", "punctuation.definition.comment"],
  keyword: [
    "keyword",
    "storage",
    "punctuation.definition.template-expression",
    "entity.name.tag",
    "entity.other.attribute-name",
    "variable.language",
  ],
  string: ["string", "punctuation.definition.string", "markup.inline.raw", "constant.other.symbol"],
  value: ["constant", "support.constant", "variable.other.constant", "keyword.other.unit"],
  name: ["entity.name.function", "support.function", "markup.heading", "meta.function-call.generic"],
  type: ["entity.name.type", "entity.name.class", "support.type", "support.class", "entity.other.inherited-class"],
  inserted: ["markup.inserted", "punctuation.definition.inserted"],
  deleted: ["markup.deleted", "punctuation.definition.deleted"],
  plain: ["keyword.operator", "string punctuation.section.embedded", "meta.template.expression", "meta.embedded"],
} as const;

type Kind = keyof typeof kinds;

const names = Object.keys(kinds);
/** Encodes a kind as a color, because the highlighter only supports colors. */
const colourOf = (kind: string) => `#${String(names.indexOf(kind) + 1).padStart(6, "0")}`;

/** Returns the kind that a token's color stands for, or undefined for plain text. */
export const kindOf = (colour: string | undefined): Exclude<Kind, "plain"> | undefined =>
  kindsByColour.get(colour?.toLowerCase() ?? "");

const kindsByColour = new Map(
  // Object.keys loses the type of the keys.
  (Object.keys(kinds) as Kind[]).flatMap((kind) => (kind === "plain" ? [] : [[colourOf(kind), kind] as const])),
);

export const codeTheme: ThemeRegistration = {
  name: "kinds",
  type: "light",
  colors: { "editor.foreground": "#000000", "editor.background": "#ffffff" },
  settings: Object.entries(kinds).map(([kind, scope]) => ({
    scope: [...scope],
    settings: { foreground: kind === "plain" ? "#000000" : colourOf(kind) },
  })),
};
