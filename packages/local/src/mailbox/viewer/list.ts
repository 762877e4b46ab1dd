import type { Summary } from "../server.ts";
import { build, byId, copyButton, timeOf } from "./dom.ts";

/**
 * Shows the code in two groups of three, which are faster to read. The gap is a style, so the text is still the code.
 */
const grouped = (code: string) => [code.slice(0, 3), build("span", {}, code.slice(3))];

function item(mail: Summary, isOpen: boolean): HTMLLIElement {
  const { code } = mail;
  const link = build(
    "a",
    { href: `#${mail.messageId}`, ...(isOpen && { "aria-current": "true" }) },
    build("span", { class: "to" }, mail.to.join(", ") || "nobody"),
    timeOf(mail.at),
    build("span", { class: "subject" }, mail.subject || "(no subject)"),
    build("span", { class: "preview" }, mail.preview),
  );
  return build("li", {}, link, code && copyButton(code, "chip", () => grouped(code)));
}

/** Returns whether a mail contains all words of the filter. */
export function fits(mail: Summary, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/);
  const about = [...mail.to, mail.from, mail.subject].join(" ").toLowerCase();
  return words.every((word) => about.includes(word));
}

/** Shows the mails, or why the list is empty. Keeps the focus. */
export function showList(mails: readonly Summary[], open: string | undefined, filter: string, total: number): void {
  const list = byId("mails", HTMLUListElement);
  const focused = document.activeElement?.closest("#mails li");
  const [place, kind] = [focused?.querySelector("a")?.hash, document.activeElement?.tagName];
  list.replaceChildren(...mails.map((mail) => item(mail, mail.messageId === open)));
  const again = place && [...list.children].find((each) => each.querySelector("a")?.hash === place);
  if (again) again.querySelector<HTMLElement>(kind === "BUTTON" ? "button" : "a")?.focus();
  byId("nothing", HTMLDivElement).hidden = mails.length > 0;
  byId("clear", HTMLButtonElement).hidden = total === 0;
  byId("nothing-text", HTMLParagraphElement).hidden = total > 0;
  byId("nothing-title", HTMLHeadingElement).textContent = total > 0 ? `Nothing fits “${filter}”` : "No mail yet";
}
