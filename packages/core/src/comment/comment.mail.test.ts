import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type CommentId, newCommentId, type PostId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import { type Mailer, MailRefusedError, MailUncertainError, type OutgoingMail } from "../mail/mailer.ts";
import { suppress } from "../mail/suppression.ts";
import * as publishing from "../post/post.publishing.ts";
import { newAuthor, newPublished, type TestAuthor } from "../post/test-posts.ts";
import { testClock } from "../test-clock.ts";
import { newContext, type TestContext } from "../test-context.ts";
import * as users from "../user/user.service.ts";
import { mailComment } from "./comment.mail.service.ts";
import { commentMail } from "./comment.mail.ts";
import { decide } from "./comment.review.ts";
import * as comments from "./comment.service.ts";

const appUrl = "https://daybook.test";
const clock = testClock();
/** Sets the time on the day of the test. */
const at = (time: string) => clock.set(`2026-11-21T${time}.000Z`);

let table: TestTable;
let author: TestAuthor;
let ruth: TestContext;
let postId: PostId;
/** All mails that the service received. `failures` are the results of the next ones. */
const mails: OutgoingMail[] = [];
const failures: Error[] = [];
const mailer: Mailer = {
  async send(mail) {
    mails.push(mail);
    const failure = failures.shift();
    if (failure) throw failure;
  },
};

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  at("09:00:00");
  author = await newAuthor(clock);
  ruth = await newReader("Ruth");
  postId = (await newPublished(author)).id;
  mails.length = 0;
  failures.length = 0;
});

async function newReader(name: string): Promise<TestContext> {
  const reader = await newUser({ clock });
  await users.update(reader, { name });
  return reader;
}

const add = async (body = "This helped.", writer = ruth, post = postId): Promise<CommentId> =>
  (await comments.create(writer, post, { body })).id;

/** Handles the event of a comment. */
const mail = (commentId: CommentId) =>
  mailComment({ clock, mailer, appUrl }, { authorId: author.actor.userId, commentId });

describe("mailComment", () => {
  it("mails a comment when the index has it", async () => {
    at("10:00:00");
    const id = await add("This *helped*.");
    expect(await mail(id)).toEqual({ waitSeconds: 10 });
    at("10:00:10");
    expect(await mail(id)).toBe("sent");
    expect(mails).toMatchObject([{ to: "ada@example.com", subject: "Ruth commented on “A garden”" }]);
    for (const part of [mails[0]?.text, mails[0]?.html]) {
      expect(part).toContain("This *helped*.");
      expect(part).toContain(`https://daybook.test/@${author.handle}/a-garden#comment-${id}`);
      expect(part).toContain("https://daybook.test/write?view=comments");
      expect(part).toContain("https://daybook.test/account#notifications");
    }
  });

  it("mails a comment that waits for review, with the address of the review", async () => {
    const moderated = (await newPublished(author, { title: "Moderated", comments: "moderated" })).id;
    at("10:00:00");
    const id = await add("Well.", ruth, moderated);
    at("10:00:10");
    expect(await mail(id)).toBe("sent");
    expect(mails[0]?.text).toContain("Ruth on “Moderated”:\nReaders see it after you approve it.\n> Well.\nhttps://");
    expect(mails[0]?.text).not.toContain("#comment-");
  });

  it("sends one mail despite redelivery and concurrent consumers", async () => {
    at("10:00:00");
    const id = await add();
    at("10:00:10");
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => mail(id)));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(await mail(id)).toBe("already-mailed");
    expect(mails).toHaveLength(1);
  });

  it("mails the comments of a burst together, 15 minutes after the first mail, in any order of their events", async () => {
    at("10:00:00");
    const first = await add("One");
    at("10:00:10");
    await mail(first);
    const burst: CommentId[] = [];
    for (const minute of ["01", "02", "03", "04", "05", "06", "07"]) {
      at(`10:${minute}:00`);
      burst.push(await add(`Number ${minute}`));
    }
    at("10:08:10");
    for (const id of burst) expect(await mail(id)).toEqual({ waitSeconds: 7 * 60 });
    at("10:15:10");
    const outcomes: unknown[] = [];
    for (const id of burst.toReversed()) outcomes.push(await mail(id));
    expect(outcomes).toEqual(["sent", ...Array.from({ length: 6 }, () => "already-mailed")]);
    expect(mails[1]?.subject).toBe("7 new comments on your posts");
    expect(mails[1]?.text).toMatch(/latest 5.*Number 03.*Number 04.*Number 07/s);
    expect(mails[1]?.text).not.toContain("Number 02");
  });

  it("is retried after a refusal, but not when the mail may have been sent", async () => {
    at("10:00:00");
    const first = await add();
    at("10:00:10");
    failures.push(new MailRefusedError());
    await expect(mail(first)).rejects.toThrow(MailRefusedError);
    expect(await mail(first)).toBe("sent");
    at("10:20:00");
    const second = await add();
    at("10:20:10");
    failures.push(new MailRefusedError(), new MailUncertainError());
    await expect(mail(second)).rejects.toThrow(MailRefusedError);
    await expect(mail(second)).rejects.toThrow(MailUncertainError);
    expect(await mail(second)).toBe("already-mailed");
    expect(mails).toHaveLength(4);
  });

  it("does not mail comments that are gone, hidden, of blocked readers, or on unpublished posts", async () => {
    const other = (await newPublished(author, { title: "Another" })).id;
    const [paul, mary] = [await newReader("Paul"), await newReader("Mary")];
    at("10:00:00");
    const [gone, hidden, shown] = [await add("Gone"), await add("Hidden"), await add("Shown")];
    at("10:00:01");
    const blocked = [await add("Blocked 1", paul), await add("Blocked 2", paul)];
    await add("Unpublished", mary, other);
    await comments.remove(ruth, { postId, commentId: gone });
    await decide(author, { postId, commentId: hidden }, { decision: "hide" });
    await decide(author, { postId, commentId: blocked[0] ?? gone }, { decision: "block" });
    await publishing.unpublish(author, other);
    at("10:00:20");
    expect(await mail(gone)).toBe("sent");
    expect(mails[0]?.subject).toBe("Ruth commented on “A garden”");
    expect(mails[0]?.text).toContain("Shown");
    await comments.remove(ruth, { postId, commentId: shown });
    at("10:30:00");
    expect(await mail(blocked[1] ?? gone)).toBe("nothing-new");
    expect(mails).toHaveLength(1);
  });

  it("does not mail comments of the author, and edits only before the mail", async () => {
    at("10:00:00");
    const id = await add("A typo");
    await add("My own", author);
    await comments.update(ruth, { postId, commentId: id }, { body: "No typo" });
    at("10:00:10");
    expect(await mail(id)).toBe("sent");
    expect(mails[0]?.text).toContain("> No typo\n");
    expect(mails[0]?.text).not.toContain("My own");
    await comments.update(ruth, { postId, commentId: id }, { body: "Another one" });
    at("10:30:00");
    expect(await mail(id)).toBe("already-mailed");
  });

  it("mails nothing while the author has turned it off, and only the last day's comments after that", async () => {
    at("10:00:00");
    await users.update(author, { commentEmails: false });
    const old = await add("Old");
    at("10:00:10");
    expect(await mail(old)).toBe("turned-off");
    clock.set("2026-11-22T10:01:00.000Z");
    await users.update(author, { commentEmails: true });
    const id = await add("New");
    clock.set("2026-11-22T10:01:10.000Z");
    expect(await mail(id)).toBe("sent");
    expect(mails.map(({ subject, text }) => [subject, text.includes("Old")])).toEqual([
      ["Ruth commented on “A garden”", false],
    ]);
  });

  it("mails nothing to a deleted author or to a suppressed address", async () => {
    const { userId: authorId } = newContext().actor;
    const late = { authorId, commentId: newCommentId(clock) };
    expect(await mailComment({ clock, mailer, appUrl }, late)).toBe("turned-off");
    await users.changeEmail(author, "bounced@example.com");
    await suppress({ clock }, "bounced@example.com", "bounce");
    at("10:00:00");
    const id = await add();
    at("10:00:10");
    expect(await mail(id)).toBe("suppressed");
    expect(mails).toEqual([]);
  });
});

describe("commentMail", () => {
  const comment = { writer: "Ruth", title: "A garden", body: "Well.", path: "/@maya/a-garden#comment-cmt_1" };

  it("shortens names and texts, and cleans names that were stored before they were", () => {
    const long = { ...comment, writer: `Ruth\r\n${"x".repeat(200)}`, body: "word ".repeat(300) };
    const { subject, text } = commentMail([long], { appUrl, most: 50 });
    expect(subject).toMatch(/^Ruth x+… commented on “A garden”$/);
    expect(text).toMatch(/^> (word ){50,60}word…$/m);
  });

  it("escapes what readers write", () => {
    const { html } = commentMail([{ ...comment, writer: "<b>", title: "<i>", body: "<script>" }], { appUrl, most: 50 });
    expect(html).not.toMatch(/<(b|i|script)>/);
  });

  it("names a minimum if there may be more comments than it was given", () => {
    const many = Array.from({ length: 50 }, () => comment);
    expect(commentMail(many, { appUrl, most: 50 }).subject).toBe("50+ new comments on your posts");
  });
});
