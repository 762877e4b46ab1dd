import type { Schema } from "hast-util-sanitize";

/** What a text may be made of: all of a post, or little more than words of a comment. */
export type Profile = "article" | "comment";

/** A class that names the language of a block of code. */
export const languageForm = /^[\w+#.-]{1,30}$/;

const ours = {
  src: /^media:med_[0-9A-HJKMNP-TV-Z]{26}$/,
  id: /^(section|note)-/,
  language: /^language-[\w+#.-]{1,30}$/,
};

const shared = {
  ancestors: {},
  // Ids are made by us, with prefixes that nothing else on a page has.
  clobber: [],
  clobberPrefix: "",
  protocols: { href: ["http", "https", "mailto"] },
  strip: ["script", "style"],
  allowComments: false,
  allowDoctypes: false,
} satisfies Schema;

const words = ["a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"];

/**
 * The elements and attributes that may come out of Markdown. What is not here is removed, whoever made it: the parser, our own steps, or
 * somebody who has found a way around them.
 */
export const schemas: Readonly<Record<Profile, Schema>> = {
  comment: {
    ...shared,
    tagNames: words,
    attributes: { a: ["href", "rel"], code: [["className", ours.language]], ol: ["start"] },
    required: {},
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
      a: [
        "href",
        "rel",
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
      input: [
        ["type", "checkbox"],
        ["disabled", true],
        ["checked", true],
      ],
      li: [
        ["id", ours.id],
        ["className", "task-list-item"],
      ],
      ol: ["start", ["className", "contains-task-list"]],
      section: ["dataFootnotes", ["className", "footnotes"]],
      td: [["align", "left", "center", "right"]],
      th: [["align", "left", "center", "right"]],
      ul: [["className", "contains-task-list"]],
    },
    required: { input: { type: "checkbox", disabled: true } },
  },
};
