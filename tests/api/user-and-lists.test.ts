import { describe, expect, inject, it } from "vitest";
import { expectProblem, newUser, send, succeed } from "../fixtures.ts";

const cloud = inject("cloud");

describe("GET /v1/me", () => {
  it("returns the signed-in user", async () => {
    const user = await newUser(cloud);
    const { body, headers } = await succeed(cloud, "getMe", { token: user.token });
    expect(body).toMatchObject({ email: user.email, version: 1 });
    expect(headers.get("cache-control")).toBe("private, no-cache");
  });

  it("returns 304 for a known tag, even one that a proxy has weakened", async () => {
    const { token } = await newUser(cloud);
    const { headers } = await succeed(cloud, "getMe", { token });
    const tag = (headers.get("etag") ?? "").replace(/^W\//, "");
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const answer = await send(cloud, "getMe", { token, headers: { "if-none-match": known } });
      expect([known, answer.status, answer.body]).toEqual([known, 304, ""]);
    }
  });
});

describe("GET /v1/lists", () => {
  it("returns the inbox that every account starts with", async () => {
    const { token, inbox } = await newUser(cloud);
    const { body, headers } = await succeed(cloud, "listLists", { token });
    expect(body).toEqual([inbox]);
    expect(inbox).toMatchObject({ kind: "inbox", name: "Inbox" });
    expect(headers.get("link")).toBeNull();
  });

  it("returns 400 for an invalid limit or cursor", async () => {
    const { token } = await newUser(cloud);
    const limits = ["0", "101", "many", "1e1", "0x10", " 1", "+5", "1.0", "-1", ""].map((limit) => ({ limit }));
    for (const query of [...limits, { cursor: "x" }, { cursor: "" }, { page: "2" }]) {
      const problem = expectProblem(await send(cloud, "listLists", { token, query }), "validation-failed");
      expect(problem.errors?.length).toBeGreaterThan(0);
    }
  });
});
