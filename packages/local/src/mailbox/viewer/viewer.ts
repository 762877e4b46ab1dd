import type { Summary } from "../server.ts";
import { announce, byId } from "./dom.ts";
import { fits, showList } from "./list.ts";
import { type OpenMail, showMail } from "./reader.ts";

const filter = byId("filter", HTMLInputElement);
const clear = byId("clear", HTMLButtonElement);
const status = byId("status", HTMLParagraphElement);
/** On wide screens, which show list and mail, the newest mail is shown until the user has chosen one. */
const hasRoom = matchMedia("(min-width: 56rem)");

let mails: Summary[] = [];
let shown: string | undefined;
let hasChosen = location.hash.length > 1;

const chosen = () => decodeURIComponent(location.hash.slice(1)) || undefined;
const visible = () => mails.filter((mail) => fits(mail, filter.value.trim()));
const wanted = () => (hasChosen ? chosen() : hasRoom.matches ? visible()[0]?.messageId : undefined);

/** Returns the server's response in its declared type, or undefined while the server is not running. */
async function ask<Answer>(path: string): Promise<Answer | undefined> {
  const response = await fetch(path).catch(() => undefined);
  return response?.ok ? ((await response.json()) as Answer) : undefined;
}

async function open(id: string | undefined): Promise<void> {
  if (id === shown) return;
  shown = id;
  const mail = id === undefined ? undefined : await ask<OpenMail>(`/mails/${encodeURIComponent(id)}`);
  // The user may have chosen another mail in the meantime.
  if (shown !== id) return;
  showMail(mail);
  document.title = mail ? `${mail.subject} · Mailbox` : "Mailbox";
}

function render(): void {
  const id = wanted();
  showList(visible(), id, filter.value.trim(), mails.length);
  void open(mails.some((mail) => mail.messageId === id) ? id : undefined);
}

async function refresh(): Promise<void> {
  const known = new Set(mails.map((mail) => mail.messageId));
  mails = (await ask<Summary[]>("/mails")) ?? mails;
  const arrived = mails.filter((mail) => known.size > 0 && !known.has(mail.messageId));
  if (arrived[0]) announce(`New mail: ${arrived[0].subject}`);
  render();
}

/** Opens the mail `by` places further down the list, and scrolls it into view. */
function move(by: number): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#mails a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  next?.click();
  next?.scrollIntoView({ block: "nearest" });
}

const keys: Readonly<Record<string, () => void>> = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  j: () => move(1),
  k: () => move(-1),
  c: () => document.querySelector<HTMLButtonElement>("#reader .copy")?.click(),
  "/": () => filter.focus(),
  Escape: () => document.querySelector<HTMLAnchorElement>("#reader .back")?.click(),
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const isElsewhere = target instanceof HTMLElement && target.closest("input, [role=tablist], [role=tabpanel], pre");
  if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere || !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  keys[key]?.();
});

addEventListener("hashchange", () => {
  if (location.hash === "#reader") return;
  hasChosen = true;
  render();
  if (chosen() && !hasRoom.matches) byId("reader", HTMLElement).focus();
});
hasRoom.addEventListener("change", render);
filter.addEventListener("input", render);
filter.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && !filter.value) filter.blur();
});

/** Clearing cannot be undone, so the button must be pressed twice. */
clear.addEventListener("click", async () => {
  if (clear.hasAttribute("data-sure")) {
    await fetch("/clear-store", { method: "POST" });
    history.replaceState(undefined, "", location.pathname);
    hasChosen = false;
  }
  const isSure = clear.toggleAttribute("data-sure");
  clear.textContent = isSure ? `Delete ${mails.length === 1 ? "1 mail" : `${mails.length} mails`}?` : "Delete all";
});
clear.addEventListener("blur", () => {
  clear.removeAttribute("data-sure");
  clear.textContent = "Delete all";
});

const changes = new EventSource("/events");
changes.addEventListener("change", refresh);
changes.addEventListener("open", async () => {
  await refresh();
  status.textContent = "Live";
  status.classList.add("live");
});
changes.addEventListener("error", () => {
  status.textContent = "Not running";
  status.classList.remove("live");
});
setInterval(render, 30_000);
showMail(undefined);
