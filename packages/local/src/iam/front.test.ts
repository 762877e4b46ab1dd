import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf, graphOf, keptLog } from "../test-cloud.ts";
import { type Front, type ServiceApi, startFront } from "./front.ts";
import { json10, type Protocol, restJson, restXml, ServiceError } from "./protocols.ts";
import { signerOf } from "./test-signer.ts";

const developer = callerOf("developer");
const reader = callerOf("reader", [{ Effect: "Allow", Action: "notes:Read", Resource: "arn:aws:notes:::n/*" }]);
const principals = new Map([developer.entry, reader.entry]);
const log = keptLog();
const granted: string[] = [];

/** A test service in which the path names the operation. */
const notes = (protocol: Protocol): ServiceApi => ({
  name: "notes",
  signingName: "notes",
  protocol,
  read({ path }) {
    if (path === "/Ping")
      return { needs: "public", run: (caller) => ({ status: 200, body: caller?.name ?? "nobody" }) };
    if (path === "/Break") return { needs: [], run: () => Promise.reject(new Error("a bug")) };
    if (path !== "/Read" && path !== "/Write") throw new ServiceError(400, "UnknownOperation", `what is ${path}?`);
    const needs = [{ action: `notes:${path.slice(1)}`, resource: "arn:aws:notes:::n/1" }];
    return { needs, run: (caller) => ({ status: 200, body: `read by ${caller?.name}` }) };
  },
});

const start = (protocol: Protocol) =>
  startFront(notes(protocol), {
    graph: graphOf({}),
    principals,
    log,
    onAllowed: (principal, action, resource) => granted.push(`${principal.name} ${action} ${resource}`),
  });

let front: Front;
beforeAll(async () => {
  front = await start(json10("com.example.notes"));
});
afterAll(() => front.close());

async function call(path: string, caller?: typeof developer, at = front) {
  const request = {
    method: "POST",
    protocol: "http:",
    hostname: "127.0.0.1",
    path,
    headers: { host: `127.0.0.1:${at.port}` },
  };
  const headers = caller ? (await signerOf(caller.credentials, "notes").sign(request)).headers : {};
  const response = await fetch(at.url + path, { method: "POST", headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe("startFront", () => {
  it("listens on 127.0.0.1 only", () => {
    expect(front.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("allows the developer everything, and a function what its policy grants", async () => {
    expect(await call("/Write", developer)).toMatchObject({ status: 200, body: "read by developer" });
    expect(await call("/Read", reader)).toMatchObject({ status: 200, body: "read by reader" });
    expect(granted).toContain("reader notes:Read arn:aws:notes:::n/1");
  });

  it("denies everything else with AWS's message, and logs it", async () => {
    const { status, body, headers } = await call("/Write", reader);
    const sentence = `User: ${reader.principal.arn} is not authorized to perform: notes:Write on resource: arn:aws:notes:::n/1 because no identity-based policy allows the notes:Write action`;
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({ __type: "com.amazon.coral.service#AccessDeniedException", message: sentence });
    expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.lines).toContainEqual(
      expect.stringContaining("AccessDenied reader: notes:Write on arn:aws:notes:::n/1"),
    );
    expect(granted).not.toContain("reader notes:Write arn:aws:notes:::n/1");
  });

  it("requires a signature unless the operation is public", async () => {
    expect(JSON.parse((await call("/Read")).body)).toMatchObject({
      __type: "com.amazon.coral.service#MissingAuthenticationTokenException",
    });
    expect((await call("/Ping")).body).toBe("nobody");
    expect((await call("/Ping", reader)).body).toBe("reader");
  });

  it("reveals nothing about a request that is not signed", async () => {
    expect(JSON.parse((await call("/Nonsense")).body).__type).toContain("MissingAuthenticationToken");
    expect(JSON.parse((await call("/Nonsense", reader)).body)).toEqual({
      __type: "com.example.notes#UnknownOperation",
      message: "what is /Nonsense?",
    });
  });

  it("returns 500 and logs the cause when the emulator fails", async () => {
    expect((await call("/Break", developer)).status).toBe(500);
    expect(log.lines).toContainEqual(expect.stringContaining("a bug"));
  });

  it("formats errors in the service's protocol", async () => {
    const rest = await start(restJson);
    const xml = await start(restXml);
    const denied = await call("/Write", reader, rest);
    expect(denied.status).toBe(403);
    expect(denied.headers.get("x-amzn-errortype")).toBe("AccessDeniedException");
    expect(JSON.parse(denied.body).message).toContain("is not authorized to perform: notes:Write");
    const refused = await call("/Write", reader, xml);
    expect(refused).toMatchObject({ status: 403, body: expect.stringContaining("<Code>AccessDenied</Code>") });
    await Promise.all([rest.close(), xml.close()]);
  });

  it("can be closed twice", async () => {
    const other = await start(restJson);
    await other.close();
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow();
  });
});
