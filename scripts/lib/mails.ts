import { codeMail, codePurposes } from "@daybook/core/account/code.mail";
import { commentMail } from "@daybook/core/comment/comment.mail";
import type { RenderedMail } from "@daybook/core/mail/mail.template";
import { noticeKinds } from "@daybook/core/notice/notice";
import { noticeMail } from "@daybook/core/notice/notice.mail";
import { welcomeMail } from "@daybook/core/user/welcome.mail";

/** Returns every mail of the product, with sample data. */
export function everyMail(appUrl: string): RenderedMail[] {
  return [
    ...codePurposes.map((purpose) => codeMail(purpose, "048213")),
    welcomeMail({ email: "ada@example.com", appUrl }),
    commentMail(
      comments.slice(0, 1).map((comment) => ({ ...comment, path })),
      { appUrl, most: 50 },
    ),
    commentMail([...comments, ...comments], { appUrl, most: 50 }),
    ...noticeKinds.map((kind) => noticeMail(kind, { at: "2026-11-30T10:00:00.000Z", appUrl })),
  ];
}

/** Sample comments: with several paragraphs, with a long word, and from right to left. */
const comments = [
  "This helped, *thank you*.\n\nOne question: do you also use it for the counts of a list?",
  `See https://example.com/${"an-address-without-a-place-to-break".repeat(12)}`,
  "תודה רבה, זה עזר לי.",
].map((body) => ({ writer: "Ruth Quist", title: "One table for everything", body }));
const path = "/@maya/one-table-for-everything#comment-cmt_01KA6V7B2C3D4E5F6G7H8J9K0M";
