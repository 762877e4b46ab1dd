const font = "font-family:ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Content of a mail. Only `body` is HTML; the other texts are escaped. */
export interface MailPage {
  readonly title: string;
  readonly heading: string;
  readonly body: string;
  readonly button: { readonly href: string; readonly label: string };
  /** Why the recipient gets this mail. */
  readonly reason: string;
}

/**
 * Renders a mail as HTML. Styles are inline, because many mail programs drop style sheets. The style sheet only adds
 * dark colors, for programs that support it.
 */
export function mailPage({ title, heading, body, button, reason }: MailPage): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>${escapeHtml(title)}</title>
    <style>
      @media (prefers-color-scheme: dark) {
        .page { background: #16181d !important; }
        .card { background: #1f2229 !important; color: #e9eaee !important; }
        .quiet { color: #a3a8b4 !important; }
        .button { background: #8ea2ff !important; color: #10131c !important; }
      }
    </style>
  </head>
  <body class="page" style="margin:0;padding:0;background:#f4f5f7">
    <div class="page" style="background:#f4f5f7;padding:40px 16px">
      <main class="card" style="${font};max-width:520px;margin:0 auto;padding:40px 32px;border-radius:16px;background:#ffffff;color:#1c2030;font-size:16px;line-height:1.6">
        <p class="quiet" style="margin:0 0 24px;font-size:14px;font-weight:600;color:#5a6172">Daybook</p>
        <h1 style="margin:0 0 16px;font-size:28px;line-height:1.2;letter-spacing:-0.02em">${escapeHtml(heading)}</h1>
        ${body}
        <p style="margin:0">
          <a class="button" href="${escapeHtml(button.href)}" style="display:inline-block;padding:14px 24px;border-radius:10px;background:#3249c8;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(button.label)}</a>
        </p>
      </main>
      <p class="quiet" style="${font};max-width:520px;margin:24px auto 0;padding:0 32px;font-size:13px;line-height:1.5;color:#5a6172">${escapeHtml(reason)}</p>
    </div>
  </body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
