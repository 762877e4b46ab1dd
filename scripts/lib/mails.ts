import { codeMail, codePurposes } from "@daybook/core/account/code.mail";
import type { RenderedMail } from "@daybook/core/mail/mail.template";
import { noticeKinds } from "@daybook/core/notice/notice";
import { noticeMail } from "@daybook/core/notice/notice.mail";
import { welcomeMail } from "@daybook/core/user/welcome.mail";
import { commentMails } from "./comment-mails.ts";

/** Returns every mail of the product, with sample data. */
export function everyMail(appUrl: string): RenderedMail[] {
  return [
    ...codePurposes.map((purpose) => codeMail(purpose, "048213")),
    welcomeMail({ email: "ada@example.com", appUrl }),
    ...commentMails(appUrl),
    ...noticeKinds.map((kind) => noticeMail(kind, { at: "2026-11-30T10:00:00.000Z", appUrl })),
  ];
}
