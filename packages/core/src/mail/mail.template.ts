import * as brand from "../brand.ts";

/** A part of a mail. All texts are plain text. */
type Block =
  | string
  | { readonly steps: readonly (readonly [title: string, detail: string])[] }
  | { readonly code: string }
  | { readonly quote: string; readonly by: string; readonly href: string; readonly note?: string }
  | { readonly button: string; readonly href: string };

/** The content of a mail, from which both of its parts are rendered. */
interface MailContent {
  readonly subject: string;
  readonly heading: string;
  /** Paragraphs and other blocks, from top to bottom. */
  readonly body: readonly Block[];
  /** Why the recipient gets this mail. */
  readonly reason: string;
  /** Where the recipient turns these mails off. */
  readonly unsubscribe?: { readonly text: string; readonly href: string };
}

/** A mail with the same content in HTML and in plain text. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Address where the recipient turns these mails off. */
  readonly unsubscribeUrl?: string;
}

/** Renders a mail. Every mail of the product, including those that Cognito sends, is rendered here. */
export const renderMail = (content: MailContent): RenderedMail => ({
  subject: content.subject,
  html: htmlOf(content),
  text: textOf(content),
  ...(content.unsubscribe && { unsubscribeUrl: content.unsubscribe.href }),
});

function textOf({ heading, body, reason, unsubscribe }: MailContent): string {
  const blocks = body.map((block) => {
    if (typeof block === "string") return block;
    if ("steps" in block)
      return block.steps.map(([title, detail], index) => `${index + 1}. ${title} ${detail}`).join("\n");
    if ("quote" in block) {
      const { by, note, quote, href } = block;
      return [`${by}:`, ...(note ? [note] : []), quote.replaceAll(/^/gm, "> "), href].join("\n");
    }
    return "code" in block ? block.code : `${block.button}: ${block.href}`;
  });
  const footer = ["--", reason, ...(unsubscribe ? [`${unsubscribe.text}: ${unsubscribe.href}`] : [])];
  return `${[heading, ...blocks, footer.join("\n")].join("\n\n")}\n`;
}

const sans = "font-family:ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
// The product's serif is not installed anywhere, and mail programs load no fonts.
const serif = "font-family:Newsreader,Charter,'Iowan Old Style',Georgia,serif";

/**
 * The web app's colors by purpose, light and dark: `packages/web/app/tokens.css` has the same, and
 * `tests/mail-colors.test.ts` compares them.
 */
export const mailColors = {
  paper: ["#faf6ec", "#131815"],
  sheet: ["#fffdf8", "#1b221e"],
  ink: ["#1c2420", "#e9e6da"],
  muted: ["#5a6159", "#a6ab9c"],
  rule: ["#e2dac7", "#2d352f"],
  margin: ["#d8452b", "#d0604a"],
  accent: ["#0e5a46", "#8fcdb0"],
  "on-accent": ["#fffdf8", "#0e211a"],
  "note-soft": ["#edf0e0", "#1f2b24"],
} as const;

const light = (name: keyof typeof mailColors) => mailColors[name][0];
const dark = (name: keyof typeof mailColors) => `${mailColors[name][1]} !important`;

/**
 * Styles are inline, because many mail programs drop style sheets. The style sheet only adds dark colors, for programs
 * that support it.
 */
function htmlOf({ subject, heading, body, reason, unsubscribe }: MailContent): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>${escapeHtml(subject)}</title>
    <style>
      @media (prefers-color-scheme: dark) {
        .page { background: ${dark("paper")}; }
        .card { background: ${dark("sheet")}; border-color: ${dark("rule")}; color: ${dark("ink")}; }
        .line { border-color: ${dark("margin")}; }
        .quiet { color: ${dark("muted")}; }
        .name, .link { color: ${dark("accent")}; }
        .code, .quote { background: ${dark("note-soft")}; color: ${dark("ink")}; }
        .button { background: ${dark("accent")}; color: ${dark("on-accent")}; }
      }
    </style>
  </head>
  <body class="page" style="margin:0;padding:0;background:${light("paper")}">
    <div class="page" style="background:${light("paper")};padding:32px 16px">
      <main class="card" style="${sans};box-sizing:border-box;max-width:560px;margin:0 auto;padding:32px 24px 36px;border:1px solid ${light("rule")};border-radius:12px;background:${light("sheet")};color:${light("ink")};font-size:16px;line-height:1.6;overflow-wrap:break-word">
        <p class="name" style="${serif};margin:0 0 24px;font-size:22px;font-weight:500;letter-spacing:-0.01em;color:${light("accent")}">${escapeHtml(brand.name)}</p>
        <div class="line" style="padding-left:20px;border-left:2px solid ${light("margin")}">
          <h1 style="${serif};margin:0 0 16px;font-size:28px;font-weight:500;line-height:1.2;letter-spacing:-0.01em">${escapeHtml(heading)}</h1>
          ${body.map(blockOf).join("\n          ")}
        </div>
      </main>
      <footer class="quiet" style="${sans};box-sizing:border-box;max-width:560px;margin:20px auto 0;padding:0 24px;font-size:13px;line-height:1.5;color:${light("muted")};overflow-wrap:break-word">${escapeHtml(reason)}${unsubscribe ? ` <a class="quiet" href="${escapeHtml(unsubscribe.href)}" style="color:${light("muted")}">${escapeHtml(unsubscribe.text)}</a>` : ""}</footer>
    </div>
  </body>
</html>
`;
}

function blockOf(block: Block): string {
  if (typeof block === "string") return `<p style="margin:0 0 16px">${escapeHtml(block)}</p>`;
  if ("steps" in block) {
    const items = block.steps.map(
      ([title, detail]) =>
        `<li style="margin:0 0 8px"><strong>${escapeHtml(title)}</strong> ${escapeHtml(detail)}</li>`,
    );
    return `<ol style="margin:0 0 20px;padding-left:20px">${items.join("")}</ol>`;
  }
  if ("quote" in block) {
    const note = block.note ? `<p style="margin:0 0 4px;font-size:14px">${escapeHtml(block.note)}</p>` : "";
    return `<div class="quote" style="margin:0 0 16px;padding:12px 16px;border-radius:8px;background:${light("note-soft")};color:${light("ink")}"><p dir="auto" style="margin:0 0 4px"><a class="link" href="${escapeHtml(block.href)}" style="color:${light("accent")};font-weight:600">${escapeHtml(block.by)}</a></p>${note}<p dir="auto" style="margin:0;white-space:pre-line">${escapeHtml(block.quote)}</p></div>`;
  }
  if ("code" in block)
    return `<p class="code" style="font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;margin:0 0 16px;padding:14px 16px;border-radius:8px;background:${light("note-soft")};color:${light("ink")};font-size:30px;line-height:1.2;letter-spacing:0.18em;text-align:center">${escapeHtml(block.code)}</p>`;
  return `<p style="margin:24px 0 0"><a class="button" href="${escapeHtml(block.href)}" style="display:inline-block;padding:12px 22px;border-radius:6px;background:${light("accent")};color:${light("on-accent")};font-weight:600;text-decoration:none">${escapeHtml(block.button)}</a></p>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
