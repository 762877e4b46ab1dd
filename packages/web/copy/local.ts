/** Texts that pages show only on a local cloud. */
export const local = {
  label: "Local mode",
  mailbox: "Mailbox",
  demo: { signIn: "Open the demo account", none: "Create a demo account:", command: "npm run seed" },
  dismiss: "Hide this bar",
  mail: { before: "You’re running locally. Your mail is in the", link: "local mailbox", after: "." },
} as const;
