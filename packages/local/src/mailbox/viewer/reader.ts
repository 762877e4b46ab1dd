import type { ReceivedMail } from "../mail.ts";
import { build, byId, copyButton, fullTimeOf } from "./dom.ts";

export type OpenMail = ReceivedMail & { readonly code?: string };

interface Panel {
  readonly id: string;
  readonly title: string;
  readonly content: () => HTMLElement;
}

const row = (name: string, value: string | undefined) =>
  value ? build("div", {}, build("dt", {}, name), build("dd", {}, value)) : undefined;

const envelope = ({ from, replyTo, destination: { to, cc, bcc }, at }: OpenMail) =>
  build(
    "dl",
    { class: "envelope" },
    row("From", from),
    row("To", to.join(", ")),
    row("Cc", cc.join(", ")),
    row("Bcc", bcc.join(", ")),
    row("Reply to", replyTo.join(", ")),
    row("Sent", fullTimeOf(at)),
  );

/** Shows the code in large digits, because most mails are opened for it. */
function codeBanner(code: string): HTMLElement {
  const digits = build("output", { class: "digits", "aria-label": `Code ${[...code].join(" ")}` }, code);
  return build(
    "div",
    { class: "code" },
    digits,
    copyButton(code, "copy", () => ["Copy code"]),
  );
}

/** Shows the HTML part in a sandboxed frame. Its links open a new tab. */
const frame = ({ messageId }: OpenMail) =>
  build("iframe", {
    title: "The mail as its reader sees it",
    sandbox: "allow-popups allow-popups-to-escape-sandbox",
    src: `/mails/${encodeURIComponent(messageId)}/html`,
  });

function headerTable(mail: OpenMail): HTMLElement {
  const lines = [{ name: "Message-ID", value: mail.messageId }, ...(mail.headers ?? [])];
  return build("dl", { class: "headers" }, ...lines.map(({ name, value }) => row(name, value || "(empty)")));
}

function panelsOf(mail: OpenMail): Panel[] {
  const { html, text } = mail.body;
  return [
    ...(html === undefined ? [] : [{ id: "html", title: "HTML", content: () => frame(mail) }]),
    ...(text === undefined ? [] : [{ id: "text", title: "Text", content: () => build("pre", {}, text) }]),
    { id: "headers", title: "Headers", content: () => headerTable(mail) },
  ];
}

/**
 * Creates tabs that follow the WAI-ARIA pattern: one tab stop, and arrow keys to move between tabs. The selected tab is
 * kept from mail to mail.
 */
function tabs(mail: OpenMail): HTMLElement {
  const panels = panelsOf(mail);
  const panel = build("div", { role: "tabpanel", id: "part", tabindex: "0" });
  const buttons = panels.map(({ id, title }) =>
    build("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": "part", "data-part": id }, title),
  );
  const show = (index: number) => {
    for (const [i, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(i === index));
      button.tabIndex = i === index ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", buttons[index]?.id ?? "");
    panel.replaceChildren(panels[index]?.content() ?? "");
  };
  const choose = (index: number) => {
    sessionStorage.setItem("part", panels[index]?.id ?? "");
    show(index);
    buttons[index]?.focus();
  };
  for (const [i, button] of buttons.entries()) {
    button.addEventListener("click", () => choose(i));
    button.addEventListener("keydown", ({ key }) => {
      if (key === "ArrowRight") choose((i + 1) % buttons.length);
      if (key === "ArrowLeft") choose((i + buttons.length - 1) % buttons.length);
    });
  }
  show(
    Math.max(
      0,
      panels.findIndex(({ id }) => id === sessionStorage.getItem("part")),
    ),
  );
  return build(
    "section",
    { class: "parts" },
    build("div", { role: "tablist", "aria-label": "Parts" }, ...buttons),
    panel,
  );
}

function attachments({ messageId, attachments: parts }: OpenMail): HTMLElement | undefined {
  if (parts.length === 0) return undefined;
  const links = parts.map(({ filename, size }, index) =>
    build(
      "li",
      {},
      build("a", { href: `/mails/${encodeURIComponent(messageId)}/attachments/${index}` }, filename ?? "Attachment"),
      ` ${Math.ceil(size / 1024)} KB`,
    ),
  );
  return build("ul", { class: "attachments", "aria-label": "Attachments" }, ...links);
}

/** Shows a mail. `undefined` shows that none is open. */
export function showMail(mail: OpenMail | undefined): void {
  const reader = byId("reader", HTMLElement);
  document.body.classList.toggle("reading", mail !== undefined);
  if (!mail) {
    reader.replaceChildren(build("p", { class: "hint" }, "Choose a mail to read it here."));
    return;
  }
  reader.replaceChildren(
    build("a", { class: "back", href: "#" }, "All mails"),
    build("h2", {}, mail.subject || "(no subject)"),
    envelope(mail),
    mail.code ? codeBanner(mail.code) : "",
    tabs(mail),
    attachments(mail) ?? "",
  );
}
