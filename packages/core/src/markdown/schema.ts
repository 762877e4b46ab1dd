import type { Schema } from "hast-util-sanitize";

/** Set of allowed elements: the full set for a post, a small one for a comment. */
export type Profile = "article" | "comment";

/** Form of a code block's language name. */
export const languageForm = /^[\w+#.-]{1,30}$/;

const ours = {
  src: /^media:med_[0-9A-HJKMNP-TV-Z]{26}(?:#decorative)?$/,
  id: /^(section|note)-/,
  language: /^language-[\w+#.-]{1,30}$/,
};

const shared = {
  ancestors: {},
  // Only the renderer sets ids, with prefixes that nothing else on a page uses.
  clobber: [],
  clobberPrefix: "",
  protocols: { href: ["http", "https", "mailto"] },
  strip: ["script", "style"],
  allowComments: false,
  allowDoctypes: false,
} satisfies Schema;

/** Lists, also of tasks with boxes. */
const lists: Schema["attributes"] = {
  input: [
    ["type", "checkbox"],
    ["disabled", true],
    ["checked", true],
  ],
  li: [["className", "task-list-item"]],
  ol: ["start", ["className", "contains-task-list"]],
  ul: [["className", "contains-task-list"]],
};
const boxes: Schema["required"] = { input: { type: "checkbox", disabled: true } };

const words = ["a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"];

/**
 * Elements and attributes that may appear in rendered Markdown. Everything else is removed, whether the parser, a later
 * step or an attack produced it.
 */
export const schemas: Readonly<Record<Profile, Schema>> = {
  comment: {
    ...shared,
    tagNames: [...words, "input"],
    attributes: { a: ["href", "rel", "title"], code: [["className", ours.language]], ...lists },
    required: boxes,
  },
  article: {
    ...shared,
    tagNames: [
      ...words,
      ...["h2", "h3", "h4", "h5", "h6", "hr", "section", "sup"],
      ...["figcaption", "figure", "img", "input"],
      ...["table", "tbody", "td", "th", "thead", "tr"],
    ],
    ancestors: Object.fromEntries(["tbody", "td", "th", "thead", "tr"].map((name) => [name, ["table"]])),
    attributes: {
      ...lists,
      a: [
        "href",
        "rel",
        "title",
        ["id", ours.id],
        ["className", "anchor", "data-footnote-backref"],
        ["ariaHidden", "true"],
        ["tabIndex", -1],
        "ariaLabel",
        "dataFootnoteBackref",
        "dataFootnoteRef",
        ["ariaDescribedBy", "footnote-label"],
      ],
      code: [["className", ours.language]],
      h2: [
        ["id", ours.id, "footnote-label"],
        ["className", "sr-only"],
      ],
      ...Object.fromEntries(["h3", "h4", "h5", "h6"].map((name) => [name, [["id", ours.id]]])),
      img: [["src", ours.src], "alt", ["loading", "eager", "lazy"]],
      li: [
        ["id", ours.id],
        ["className", "task-list-item"],
      ],
      section: ["dataFootnotes", ["className", "footnotes"]],
      td: [["align", "left", "center", "right"]],
      th: [["align", "left", "center", "right"]],
    },
    required: boxes,
  },
};
