/** What a page says only where the whole system runs on a laptop. */
export const local = {
  label: "Local mode",
  mailbox: "Mailbox",
  demo: { signIn: "Open the demo account", none: "A demo account to look around in:", command: "npm run seed" },
  dismiss: "Hide this bar",
  mail: { before: "You run this locally: your mail is in the", link: "local mailbox", after: "." },
} as const;
