import type { Element, ElementContent } from "hast";
import type { Token } from "markdown-it";
import { element, text } from "./hast.ts";
import type { Profile } from "./schema.ts";

/** Operations on the tree under construction. */
interface Building {
  /** Appends to the open element. */
  put(...nodes: ElementContent[]): void;
  /** Opens an element that is not part of the tree yet. */
  begin(started: Element): void;
  end(): void;
}

interface Note {
  /** Its place among the notes of the text, from 1. */
  readonly number: number;
  references: number;
}

/**
 * Handles footnotes, which are read where they are defined and rendered at the end of the text. In a comment, their
 * marks stay text.
 */
export function openNotes(profile: Profile, building: Building) {
  return profile === "comment" ? writtenNotes(building) : shownNotes(building);
}

const labelOf = ({ meta }: Token) => String(meta?.label ?? "");

function writtenNotes({ put }: Building) {
  /** Mark of the current note definition, until there is text to put it before. */
  let mark = "";
  const take = (token: Token): boolean => {
    if (token.type === "footnote_reference_open") mark += `[^${labelOf(token)}]: `;
    else if (token.type === "footnote_reference_close") {
      if (mark !== "") put(element("p", {}, [text(mark)]));
      mark = "";
    } else if (token.type === "footnote_ref") put(text(`${mark}[^${labelOf(token)}]`));
    else if (token.type === "text" && mark !== "") put(text(`${mark}${token.content}`));
    else return false;
    if (token.type === "footnote_ref" || token.type === "text") mark = "";
    return true;
  };
  return { take, section: (): Element[] => [] };
}

function shownNotes({ put, begin, end }: Building) {
  const defined = new Map<string, Element>();
  const referred = new Map<string, Note>();
  const noteOf = (label: string): Note => {
    const known = referred.get(label);
    if (known) return known;
    const note = { number: referred.size + 1, references: 0 };
    referred.set(label, note);
    return note;
  };
  const take = (token: Token): boolean => {
    const label = labelOf(token);
    if (token.type === "footnote_reference_open") {
      const item = element("li", {});
      // The first definition wins.
      if (!defined.has(label)) defined.set(label, item);
      begin(item);
    } else if (token.type === "footnote_reference_close") end();
    else if (token.type === "footnote_ref") {
      const note = noteOf(label);
      note.references += 1;
      const id = referenceId(note, note.references);
      const link = { href: `#${noteId(note)}`, id, dataFootnoteRef: true, ariaDescribedBy: ["footnote-label"] };
      put(element("sup", {}, [element("a", link, [text(String(note.number))])]));
    } else return false;
    return true;
  };
  return { take, section: () => sectionOf(defined, referred) };
}

// Numbers instead of labels, because two labels can differ only in a part that looks like a number: `a-2` and `a`.
const noteId = ({ number }: Note) => `note-fn-${number}`;
const referenceId = ({ number }: Note, reference: number) => `note-fnref-${number}-${reference}`;

function sectionOf(defined: ReadonlyMap<string, Element>, referred: ReadonlyMap<string, Note>): Element[] {
  const items = [...referred].flatMap(([label, note]) => {
    const item = defined.get(label);
    if (!item) return [];
    item.properties.id = noteId(note);
    const last = item.children.at(-1);
    const place = last?.type === "element" && last.tagName === "p" ? last : item;
    for (let reference = 1; reference <= note.references; reference += 1)
      place.children.push(...backTo(note, reference));
    return [item];
  });
  if (items.length === 0) return [];
  const heading = element("h2", { className: ["sr-only"], id: "footnote-label" }, [text("Notes")]);
  const list = element("ol", {}, items);
  return [element("section", { dataFootnotes: true, className: ["footnotes"] }, [heading, list])];
}

function backTo(note: Note, reference: number): ElementContent[] {
  const properties = {
    href: `#${referenceId(note, reference)}`,
    dataFootnoteBackref: true,
    // Contains the visible text, so that it can be named by speech.
    ariaLabel: `Back to reference ${reference} of note ${note.number}`,
    className: ["data-footnote-backref"],
  };
  const count = reference > 1 ? [element("sup", {}, [text(String(reference))])] : [];
  return [text(" "), element("a", properties, [text("↩"), ...count])];
}
