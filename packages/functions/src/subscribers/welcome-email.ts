import { systemClock } from "@daybook/core/clock";
import { UserId } from "@daybook/core/ids";
import { sesMailer } from "@daybook/core/mail/mailer";
import { sendWelcome } from "@daybook/core/user/welcome.service";
import "../database.ts";
import { resources } from "../resources.ts";
import { consumeStream } from "./stream-consumer.ts";

const mailer = sesMailer(resources.mail);

/** Mails a welcome to the owner of a new profile. */
export const handler = consumeStream("welcomeEmail", async ({ dynamodb }) =>
  sendWelcome({ clock: systemClock, mailer, appUrl: resources.origin() }, UserId.parse(dynamodb?.NewImage?.id?.S)),
);
