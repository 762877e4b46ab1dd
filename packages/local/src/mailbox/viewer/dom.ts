/**
 * Returns the element with this id.
 * @throws if the page has no such element of this type
 */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} called ${id}.`);
  return found;
}

type Child = Node | string | undefined;

/** Builds an element. Strings become text nodes, never markup. Attributes without a value are omitted. */
export function build<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Announces a text to screen readers. */
export function announce(text: string): void {
  byId("announcer", HTMLParagraphElement).textContent = text;
}

/** Creates a button that copies a code to the clipboard and confirms it for a moment. */
export function copyButton(code: string, look: string, label: () => (Node | string)[]): HTMLButtonElement {
  const button = build("button", { type: "button", class: look });
  const show = (copied: boolean) => {
    button.classList.toggle("copied", copied);
    button.setAttribute("aria-label", copied ? `Copied ${code}` : `Copy code ${code}`);
    button.replaceChildren(...(copied ? ["Copied"] : label()));
  };
  show(false);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code);
    show(true);
    announce(`The code ${code} is copied.`);
    setTimeout(() => show(false), 1600);
  });
  return button;
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayTime = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/**
 * Formats the time of a mail: minutes ago within the first hour, the clock time within the same day, otherwise the
 * date.
 */
export function timeOf(seconds: number): HTMLTimeElement {
  const date = new Date(seconds * 1000);
  const age = Date.now() / 1000 - seconds;
  const isToday = date.toDateString() === new Date().toDateString();
  const fresh = age < 60 ? "now" : `${Math.floor(age / 60)} min`;
  const words = age < 3600 ? fresh : (isToday ? clockTime : dayTime).format(date);
  return build("time", { datetime: date.toISOString(), title: fullTime.format(date) }, words);
}

/** Formats the full date and time. */
export const fullTimeOf = (seconds: number) => fullTime.format(new Date(seconds * 1000));
