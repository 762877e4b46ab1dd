import type { Service } from "../service.ts";
import { type LocalMailbox, startMailbox } from "./mailbox.ts";

export const mailbox: Service<LocalMailbox> = {
  types: {},
  support: {
    title: "Mailbox",
    implementation: "own",
    supported: ["A viewer for all mail that the local cloud sends", "`GET /store` as in `aws-ses-v2-local`"],
    unsupported: { "Sending mail to the internet": "No mail leaves the machine." },
  },
  start: ({ dataFolder, addresses, log }) => startMailbox({ dataFolder, port: addresses.mail, log }),
};
