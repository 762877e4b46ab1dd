import { commentMail } from "@daybook/core/comment/comment.mail";
import type { RenderedMail } from "@daybook/core/mail/mail.template";

/** Returns the mails about comments, with sample data. */
export const commentMails = (appUrl: string): RenderedMail[] => [
  commentMail(
    comments.slice(0, 1).map((comment) => ({ ...comment, path })),
    { appUrl, most: 50 },
  ),
  commentMail([...comments, ...comments], { appUrl, most: 50 }),
];

/** Sample comments: with several paragraphs, with a long word, and from right to left. */
const comments = [
  "This helped, *thank you*.\n\nOne question: do you also use it for the counts of a list?",
  `See https://example.com/${"an-address-without-a-place-to-break".repeat(12)}`,
  "תודה רבה, זה עזר לי.",
].map((body) => ({ writer: "Ruth Quist", title: "One table for everything", body }));
const path = "/@maya/one-table-for-everything#comment-cmt_01KA6V7B2C3D4E5F6G7H8J9K0M";
