import { mailPage } from "../mail/mail.page.ts";

/** Returns the welcome mail as text and as HTML. */
export function welcomeMail({ email, appUrl }: { readonly email: string; readonly appUrl: string }) {
  const todosUrl = `${appUrl}/todos`;
  const reason = `You get this email because ${email} signed up for Daybook.`;
  return {
    subject: "Welcome to Daybook",
    text: [
      "Welcome to Daybook",
      "",
      "Your account is ready, and so is your Inbox: the place for everything you don't want to keep in your head.",
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
  ["Tick it off.", "Completed todos are kept, in case you need them again."],
  ["Give it a day.", "Add a due date to see what is due, and what is late."],
] as const;

function page(todosUrl: string, reason: string): string {
  const items = steps
    .map(([title, detail]) => `<li style="margin:0 0 12px"><strong>${title}</strong> ${detail}</li>`)
    .join("\n          ");
  return mailPage({
    title: "Welcome to Daybook",
    heading: "Welcome. Your Inbox is ready.",
    body: `<p style="margin:0 0 24px">It is the place for everything you don't want to keep in your head.</p>
        <ol style="margin:0 0 28px;padding-left:20px">
          ${items}
        </ol>`,
    button: { href: todosUrl, label: "Open your Inbox" },
    reason,
  });
}
