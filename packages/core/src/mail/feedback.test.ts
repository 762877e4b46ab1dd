import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { readFeedback, takeFeedback } from "./feedback.ts";
import { isSuppressed } from "./suppression.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const bounce = (bounceType: string, ...addresses: string[]) => ({
  eventType: "Bounce",
  bounce: { bounceType, bounceSubType: "General", bouncedRecipients: addresses.map(recipient) },
  mail: { messageId: "1" },
});
const complaint = (complaintFeedbackType: string | undefined, address: string) => ({
  eventType: "Complaint",
  complaint: { complaintFeedbackType, complainedRecipients: [recipient(address)] },
});
const recipient = (emailAddress: string) => ({ emailAddress });
const take = (event: unknown) => takeFeedback({ clock }, readFeedback(JSON.stringify(event)));

describe("SES feedback", () => {
  it("suppresses the addresses of a permanent bounce regardless of case", async () => {
    expect(await take(bounce("Permanent", "Gone@example.com", "Ada <lost@example.com>"))).toBe("suppressed");
    expect(await isSuppressed("gone@example.com")).toBe(true);
    expect(await isSuppressed("lost@example.com")).toBe(true);
    expect(await isSuppressed("other@example.com")).toBe(false);
  });

  it("ignores a transient bounce", async () => {
    expect(await take(bounce("Transient", "full@example.com"))).toBe("ignored");
    expect(await isSuppressed("full@example.com")).toBe(false);
  });

  it("suppresses an address after a complaint, but not after a not-spam report", async () => {
    expect(await take(complaint("abuse", "cross@example.com"))).toBe("suppressed");
    expect(await take(complaint(undefined, "silent@example.com"))).toBe("suppressed");
    expect(await take(complaint("not-spam", "kind@example.com"))).toBe("ignored");
    expect(await isSuppressed("cross@example.com")).toBe(true);
    expect(await isSuppressed("silent@example.com")).toBe(true);
    expect(await isSuppressed("kind@example.com")).toBe(false);
  });

  it("is safe to redeliver, and expires after a year", async () => {
    await take(bounce("Permanent", "twice@example.com"));
    await take(bounce("Permanent", "twice@example.com"));
    const items = await table.items();
    expect(JSON.stringify(items)).not.toContain("twice@example.com");
    for (const item of items) expect(item).toMatchObject({ expiresAt: Date.parse("2027-11-21T10:00:00.000Z") / 1000 });
  });

  it("accepts the sentence that SES publishes to validate the topic", () => {
    const sentence = "Successfully validated SNS topic for Amazon SES event publishing.";
    expect(readFeedback(sentence)).toEqual({ type: "mail.feedback-connected" });
  });

  it("rejects any other message", () => {
    expect(() => readFeedback("{")).toThrow(SyntaxError);
    expect(() => readFeedback('{"eventType":"Open"}')).toThrow();
  });
});
