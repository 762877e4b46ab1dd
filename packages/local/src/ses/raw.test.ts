import { describe, expect, it } from "vitest";
import { parseRawMail } from "./raw.ts";

const parse = (...lines: string[]) => parseRawMail(Buffer.from(lines.join("\r\n")));

describe("parseRawMail", () => {
  it("reads addresses, encoded words and folded headers", () => {
    const mail = parse(
      'From: "Doe, Jane" <jane@example.com>',
      "To: Ada <ada@example.com>,",
      '  "Byron, B." <b@example.com>',
      "Reply-To: help@example.com",
      "Subject: =?utf-8?B?R3LDvMOfZQ==?= =?utf-8?Q?_aus_K=C3=B6ln?=",
      "X-Campaign: one",
      "",
      "Hi",
    );
    expect(mail).toEqual({
      from: '"Doe, Jane" <jane@example.com>',
      to: ["Ada <ada@example.com>", '"Byron, B." <b@example.com>'],
      cc: [],
      bcc: [],
      replyTo: ["help@example.com"],
      subject: "Grüße aus Köln",
      headers: [{ name: "x-campaign", value: "one" }],
      text: "Hi",
      attachments: [],
    });
  });

  it("finds text, HTML and attachments in nested parts with any encoding", () => {
    const mail = parse(
      "From: a@example.com",
      'Content-Type: multipart/mixed; boundary="outer+1"',
      "",
      "This preamble is not shown.",
      "--outer+1",
      "Content-Type: multipart/alternative; boundary=inner",
      "",
      "--inner",
      "Content-Type: text/plain; charset=iso-8859-1",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "K=F6ln is a long=",
      " line",
      "--inner",
      "Content-Type: text/html; charset=utf-8",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from("<p>Köln</p>").toString("base64"),
      "--inner--",
      "--outer+1",
      'Content-Type: text/csv; name="a.csv"',
      "Content-Disposition: attachment",
      "",
      "x,y",
      "--outer+1--",
    );
    expect(mail.text).toBe("Köln is a long line");
    expect(mail.html).toBe("<p>Köln</p>");
    expect(mail.attachments).toEqual([
      { content: Buffer.from("x,y").toString("base64"), contentType: "text/csv", filename: "a.csv" },
    ]);
  });

  it("accepts a message without headers or body", () => {
    expect(parse("")).toMatchObject({ from: "", to: [], subject: "(no subject)" });
    expect(parse("From: a@example.com")).toMatchObject({ from: "a@example.com", text: "" });
  });
});
