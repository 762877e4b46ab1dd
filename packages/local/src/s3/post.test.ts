import { GetObjectCommand } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf } from "../test-cloud.ts";
import { inXml, startBuckets } from "./test-buckets.ts";

const uploader = callerOf("uploader", [
  { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::media/uploads/*" },
]);
const stranger = callerOf("stranger");
let cloud: Awaited<ReturnType<typeof startBuckets>>;
beforeAll(async () => {
  cloud = await startBuckets({}, [uploader]);
});
afterAll(() => cloud.remove());

const presign = (options: Partial<PresignedPostOptions> = {}, by: Parameters<typeof cloud.client>[0] = uploader) =>
  createPresignedPost(cloud.client(by), { Bucket: "media", Key: "uploads/a.txt", Expires: 60, ...options });

/** Sends a form as a browser does. */
async function send(
  { url, fields }: { url: string; fields: Record<string, string> },
  { file = "hello", filename = "a.txt" }: { file?: string; filename?: string } = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([file]), filename);
  const response = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const refusal = ({ status, text }: Awaited<ReturnType<typeof send>>) => [
  status,
  inXml(text, "Code"),
  inXml(text, "Message")?.replaceAll("&#34;", '"'),
];

const codeOf = (answer: Awaited<ReturnType<typeof send>>) => refusal(answer).slice(0, 2);

// biome-ignore lint/suspicious/noTemplateCurlyInString: S3 replaces this placeholder with the file's name.
const named = "${filename}";

describe("an upload by form", () => {
  it("stores the file with the fields of the policy", async () => {
    const Fields = { "Content-Type": "text/plain", "Cache-Control": "max-age=60", "x-amz-meta-list": "lst_1" };
    const answer = await send(await presign({ Fields }));
    expect([answer.status, answer.text]).toEqual([204, ""]);
    const object = await cloud.client().send(new GetObjectCommand({ Bucket: "media", Key: "uploads/a.txt" }));
    expect(object).toMatchObject({
      ContentType: "text/plain",
      CacheControl: "max-age=60",
      Metadata: { list: "lst_1" },
      ETag: answer.headers.get("etag"),
    });
    expect(await object.Body?.transformToString()).toBe("hello");
  });

  it("stores bytes unchanged, even if they look like a boundary", async () => {
    const bytes = Buffer.from([13, 10, 45, 45, 0, 255, 13, 10, 13, 10, 45, 45]);
    const { url, fields } = await presign();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("file", new Blob([bytes]));
    form.set("after", "what follows the file is ignored");
    expect((await fetch(url, { method: "POST", body: form })).status).toBe(204);
    expect((await cloud.s3.readObject("media", "uploads/a.txt")).body).toEqual(bytes);
  });

  it("inserts the file's name into the key", async () => {
    const form = await presign({ Key: `uploads/u1/${named}` });
    expect((await send(form, { filename: "my photo.png" })).status).toBe(204);
    expect((await cloud.s3.readObject("media", "uploads/u1/my photo.png")).status).toBe(200);
  });

  it("returns the response that the form requests", async () => {
    const created = await send(await presign({ Fields: { success_action_status: "201" } }));
    expect(created.status).toBe(201);
    expect([inXml(created.text, "Bucket"), inXml(created.text, "Key")]).toEqual(["media", "uploads/a.txt"]);
    const success_action_redirect = "https://example.com/done?from=form";
    const redirected = await send(await presign({ Fields: { success_action_redirect } }));
    expect(redirected.status).toBe(303);
    const location = new URL(redirected.headers.get("location") ?? "");
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ from: "form", key: "uploads/a.txt" });
  });

  it("verifies the checksum in the form", async () => {
    const name = "x-amz-checksum-sha256";
    const form = await presign({ Fields: { [name]: Buffer.alloc(32).toString("base64") } });
    expect(codeOf(await send(form))).toEqual([400, "BadDigest"]);
  });
});

describe("an upload by form is refused", () => {
  it("for a file outside the allowed size range", async () => {
    const Conditions: PresignedPostOptions["Conditions"] = [["content-length-range", 2, 5]];
    expect((await send(await presign({ Conditions }), { file: "12345" })).status).toBe(204);
    const large = await send(await presign({ Conditions }), { file: "123456" });
    expect(refusal(large)).toEqual([400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"]);
    expect([inXml(large.text, "ProposedSize"), inXml(large.text, "MaxSizeAllowed")]).toEqual(["6", "5"]);
    expect(codeOf(await send(await presign({ Conditions }), { file: "1" }))).toEqual([400, "EntityTooSmall"]);
  });

  it("for a field that violates its condition or has none", async () => {
    const form = await presign({ Fields: { "Content-Type": "image/png" } });
    const other = { ...form, fields: { ...form.fields, "Content-Type": "text/html" } };
    expect(refusal(await send(other))).toEqual([
      403,
      "AccessDenied",
      'Invalid according to Policy: Policy Condition failed: ["eq", "$Content-Type", "image/png"]',
    ]);
    const moved = { ...form, fields: { ...form.fields, key: "uploads/other" } };
    expect(refusal(await send(moved))[2]).toContain('["eq", "$key", "uploads/a.txt"]');
    const more = { ...form, fields: { ...form.fields, "x-amz-meta-more": "1" } };
    expect(refusal(await send(more))[2]).toBe("Invalid according to Policy: Extra input fields: x-amz-meta-more");
  });

  it("for a prefix that does not match", async () => {
    const Conditions: PresignedPostOptions["Conditions"] = [["starts-with", "$Content-Type", "image/"]];
    const form = await presign({ Conditions });
    const typed = (type: string) => ({ ...form, fields: { ...form.fields, "Content-Type": type } });
    expect((await send(typed("image/webp"))).status).toBe(204);
    expect(refusal(await send(typed("image/png, text/html")))[2]).toContain(
      'Policy Condition failed: ["starts-with", "$Content-Type", "image/"]',
    );
  });

  it("for another bucket, and after its expiration", async () => {
    const form = await presign();
    const elsewhere = await send({ ...form, url: form.url.replace("media", "other") });
    expect(refusal(elsewhere)[2]).toContain('["eq", "$bucket", "media"]');
    expect(refusal(await send(await presign({ Expires: -1 })))).toEqual([
      403,
      "AccessDenied",
      "Invalid according to Policy: Policy expired.",
    ]);
  });

  it("for a changed policy, and for an unknown signing key", async () => {
    const form = await presign();
    const wider = Buffer.from(form.fields.Policy ?? "", "base64")
      .toString()
      .replace("uploads/a.txt", "uploads/b");
    const changed = { ...form, fields: { ...form.fields, Policy: Buffer.from(wider).toString("base64") } };
    expect(codeOf(await send(changed))).toEqual([403, "SignatureDoesNotMatch"]);
    expect(codeOf(await send(await presign({}, stranger)))).toEqual([403, "InvalidAccessKeyId"]);
    const { Policy: _, ...open } = form.fields;
    expect(refusal(await send({ ...form, fields: open }))).toEqual([403, "AccessDenied", "Access Denied"]);
  });

  it("for an upload that the signer's policy does not allow", async () => {
    const form = await presign({ Key: "private/a" });
    expect(refusal(await send(form))[2]).toContain("s3:PutObject on resource: arn:aws:s3:::media/private/a");
    expect((await cloud.s3.readObject("media", "private/a")).status).toBe(404);
  });

  it("for a malformed form, a missing key, a missing file, or a key that leaves the folder", async () => {
    const { url, fields } = await presign({ Key: `uploads/${named}` });
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const broken = await fetch(url, { method: "POST", headers, body: "--x\r\nnonsense" });
    expect(inXml(await broken.text(), "Code")).toBe("MalformedPOSTRequest");
    const { key: _, ...keyless } = fields;
    expect(codeOf(await send({ url, fields: keyless }))).toEqual([400, "InvalidArgument"]);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const fileless = await fetch(url, { method: "POST", body: form });
    expect(inXml(await fileless.text(), "Message")).toBe("POST requires exactly one file upload per request.");
    const climbing = await presign({ Key: "uploads/../../../climbed" });
    expect(codeOf(await send(climbing))).toEqual([501, "NotImplemented"]);
  });
});
