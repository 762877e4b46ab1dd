import { systemClock } from "@daybook/core/clock";
import { NoticeRequested } from "@daybook/core/events";
import { sesMailer } from "@daybook/core/mail/mailer";
import { sendNotice } from "@daybook/core/notice/notice.service";
import "../database.ts";
import { resources } from "../resources.ts";
import { consumeQueue, json } from "./queue-consumer.ts";

const mailer = sesMailer(resources.mail);

/** Mails security notices to the owners of accounts. */
export const handler = consumeQueue("mailNotices", json(NoticeRequested), ({ noticeId }) =>
  sendNotice({ clock: systemClock, mailer, appUrl: resources.origin() }, noticeId),
);
