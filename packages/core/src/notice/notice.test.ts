import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type Mailer, MailRefusedError, MailUncertainError, type OutgoingMail } from "../mail/mailer.ts";
import { suppress } from "../mail/suppression.ts";
import { notify, sendNotice } from "./notice.service.ts";

const clock = { now: () => new Date("2026-11-29T10:00:00.000Z") };
const appUrl = "https://daybook.test";

let table: TestTable;
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
const send = (noticeId: string) => sendNotice({ clock, mailer, appUrl }, noticeId);

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(() => {
  mails.length = 0;
  failures.length = 0;
});

async function newNotice(email = "ada@example.com"): Promise<string> {
  const before = new Set((await table.items()).map(({ id }) => id));
  expect(await notify({ clock }, { kind: "password-changed", email })).toEqual({});
  return String((await table.items()).find(({ id, entity }) => entity === "notice" && !before.has(id))?.id);
}

describe("a notice", () => {
  it("is mailed to the owner with the time and with what to do if it was not them", async () => {
    expect(await send(await newNotice())).toBe("sent");
    const [mail] = mails;
    expect(mail).toMatchObject({ to: "ada@example.com", subject: "Your Daybook password was changed" });
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain("2026-11-29 at 10:00 UTC");
      expect(part).toContain("https://daybook.test/forgot");
    }
  });

  it("is mailed once despite concurrent consumers and redelivery", async () => {
    const noticeId = await newNotice();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => send(noticeId)));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(await send(noticeId)).toBe("already-claimed");
    expect(mails).toHaveLength(1);
    expect((await table.items()).filter(({ id }) => id === noticeId)).toEqual([]);
  });

  it("is retried after a refusal, but not when the mail may have been sent", async () => {
    const refused = await newNotice();
    failures.push(new MailRefusedError());
    await expect(send(refused)).rejects.toThrow(MailRefusedError);
    expect(await send(refused)).toBe("sent");
    const uncertain = await newNotice();
    failures.push(new MailUncertainError());
    await expect(send(uncertain)).rejects.toThrow(MailUncertainError);
    expect(await send(uncertain)).toBe("already-claimed");
  });

  it("is not mailed to a suppressed address", async () => {
    await suppress({ clock }, "bounced@example.com", "bounce");
    expect(await send(await newNotice("bounced@example.com"))).toBe("suppressed");
    expect(mails).toEqual([]);
  });
});
