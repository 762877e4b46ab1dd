import type { Element, ElementContent, Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { markdown } from "../../words/markdown.ts";
import { addHeadingIds } from "./headings.ts";
import { markLinks, unnestLinks } from "./links.ts";
import { arrangePictures } from "./pictures.ts";
import { type Profile, schemas } from "./schema.ts";
import { element, text } from "./walk.ts";

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/**
 * The tree of a text in Markdown: sanitised, with ids at its headings, `media:` addresses at its pictures, and code as it was written. It
 * never throws: what is made to break a parser is shown as it was written.
 */
export function parseMarkdown(source: string, profile: Profile): Root {
  if (isHostile(source)) return asWritten(source);
  const parsed = parser.parse(source);
  if (depthOf(parsed) > deepest) return asWritten(source);
  const tree = toHtml(source, profile).runSync(parsed);
  if (profile === "article") addHeadingIds(tree);
  arrangePictures(tree, profile);
  unnestLinks(tree);
  markLinks(tree, profile);
  const clean = sanitize(tree, schemas[profile]);
  return clean.type === "root" ? clean : { type: "root", children: [] };
}

/** Nobody quotes a quote this often: it is to exhaust the stack of what walks the tree. */
const deepest = 100;
/** The parser looks back over all brackets that are open, for each that follows. */
const mostBrackets = 5_000;
const containers = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]{1,99}\]:))+/;

/** Whether a text would keep the parser busy for seconds, or exhaust its stack. */
function isHostile(source: string): boolean {
  if (source.split("[").length > mostBrackets) return true;
  return source.split("\n").some((line) => {
    const [marks = ""] = containers.exec(line) ?? [];
    return (marks.match(/[>*+.)-]|\]:/g)?.length ?? 0) > deepest;
  });
}

function depthOf(tree: Nodes): number {
  let depth = 0;
  for (let level: Nodes[] = [tree]; level.length > 0; depth += 1) {
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  }
  return depth;
}

const asWritten = (source: string): Root => ({ type: "root", children: [element("pre", {}, [text(source)])] });

/** Where HTML is a block of its own, and not within a line. */
const blocks = ["root", "blockquote", "listItem", "footnoteDefinition"];

/** HTML in Markdown is text like any other; a comment keeps the marks of what it cannot hold. */
function toHtml(source: string, profile: Profile) {
  const words = ({ position }: Nodes): ElementContent =>
    text(source.slice(position?.start.offset, position?.end.offset));
  const paragraph = (node: Nodes): Element => element("p", {}, [words(node)]);
  return unified()
    .use(remarkRehype, {
      clobberPrefix: "note-",
      footnoteLabel: markdown.footnotes,
      footnoteBackLabel: (reference: number) => markdown.backToReference(reference + 1),
      handlers: {
        html: (_, node: { value: string }, parent) =>
          blocks.includes(parent?.type ?? "root") ? element("p", {}, [text(node.value)]) : text(node.value),
        ...(profile === "comment" && {
          heading: (state, node) => element("p", {}, state.all(node)),
          table: (_, node: Nodes) => paragraph(node),
          thematicBreak: (_, node: Nodes) => paragraph(node),
          footnoteReference: (_, node: Nodes) => words(node),
          footnoteDefinition: (_, node: Nodes) => paragraph(node),
        }),
      },
    })
    .freeze();
}
