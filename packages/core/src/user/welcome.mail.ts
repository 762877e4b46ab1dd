import * as brand from "../brand.ts";
import { type RenderedMail, renderMail } from "../mail/mail.template.ts";

/** Returns the welcome mail. */
export const welcomeMail = ({ email, appUrl }: { readonly email: string; readonly appUrl: string }): RenderedMail =>
  renderMail({
    subject: `Welcome to ${brand.name}`,
    heading: "Welcome. Your Inbox is ready.",
    body: [
      "It is the place for everything you don't want to keep in your head.",
      {
        steps: [
          ["Write it down.", "Type a todo and press Enter. One line is enough."],
          ["Tick it off.", "Completed todos stay in their list until you delete them."],
          ["Give it a day.", "Add a due date. If the day passes, the date turns red."],
        ],
      },
      { button: "Open your Inbox", href: `${appUrl}/todos` },
    ],
    reason: `You get this email because ${email} signed up for ${brand.name}.`,
  });
