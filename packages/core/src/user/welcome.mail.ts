/** The welcome to a new user. Both parts say the same. */
export function welcomeMail({ email, appUrl }: { readonly email: string; readonly appUrl: string }) {
  const todosUrl = `${appUrl}/todos`;
  const reason = `You get this one mail because ${email} has just joined Daybook.`;
  return {
    subject: "Welcome to Daybook",
    text: [
      "Welcome to Daybook",
      "",
      "Your account is ready, and so is your Inbox: the place for everything that you do not want to keep in your head.",
      "",
      ...steps.map(([title, detail], index) => `${index + 1}. ${title} ${detail}`),
      "",
      `Open your Inbox: ${todosUrl}`,
      "",
      "--",
      reason,
      "",
    ].join("\n"),
    html: page(todosUrl, reason),
  };
}

const steps = [
  ["Write it down.", "Type a todo and press Enter. One line is enough."],
  ["Tick it off.", "What is done steps aside, and stays there if you want it back."],
  ["Give it a day.", "A due date brings a todo up when it is time, and not before."],
] as const;

const font = "font-family:ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Inline styles, because many mail programs drop all others; the sheet adds only the dark colours, where it is understood. */
function page(todosUrl: string, reason: string): string {
  const href = escapeHtml(todosUrl);
  const items = steps
    .map(([title, detail]) => `<li style="margin:0 0 12px"><strong>${title}</strong> ${detail}</li>`)
    .join("\n          ");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>Welcome to Daybook</title>
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
        <h1 style="margin:0 0 16px;font-size:28px;line-height:1.2;letter-spacing:-0.02em">Welcome. Your Inbox is ready.</h1>
        <p style="margin:0 0 24px">It is the place for everything that you do not want to keep in your head.</p>
        <ol style="margin:0 0 28px;padding-left:20px">
          ${items}
        </ol>
        <p style="margin:0">
          <a class="button" href="${href}" style="display:inline-block;padding:14px 24px;border-radius:10px;background:#3249c8;color:#ffffff;font-weight:600;text-decoration:none">Open your Inbox</a>
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

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
