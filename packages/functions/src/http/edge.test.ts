import { clientAddressHeader, originSecretHeader } from "@daybook/core/contract/edge";
import { systemOperations } from "@daybook/core/system/system.api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { captureLog, invoke, origin, originSecret, startTestApi } from "../test-api.ts";

const lines = captureLog();
let table: Awaited<ReturnType<typeof startTestApi>>;
let system: typeof import("../system.ts");
let handle: typeof import("./handle.ts").handle;
beforeAll(async () => {
  table = await startTestApi();
  system = await import("../system.ts");
  ({ handle } = await import("./handle.ts"));
});
afterAll(() => table.close());
beforeEach(() => void lines.splice(0));

const address = "203.0.113.7";
const health = (headers: Record<string, string>) => invoke(system.getHealth, { path: "/v1/health", headers });

describe("a request with a valid edge secret", () => {
  it.each([originSecret, "the-next-secret"])("is accepted with each of the two valid secrets: %s", async (secret) => {
    expect((await health({ [originSecretHeader]: secret })).statusCode).toBe(200);
  });

  it("passes the client address that the edge saw to the handler and the log", async () => {
    const seen: string[] = [];
    const operation = handle(systemOperations.getHealth, async ({ ctx }) => {
      seen.push(ctx.caller.clientAddress);
      return { body: { status: "ok" as const, stage: "test" } };
    });
    await invoke(operation, { path: "/v1/health", headers: { [clientAddressHeader]: address } });
    await invoke(operation, { path: "/v1/health" });
    expect(seen).toEqual([address, "127.0.0.1"]);
    expect(lines.map(({ clientAddress }) => clientAddress)).toEqual(seen);
  });
});

describe("a request without a valid secret", () => {
  it.each(["", "wrong", `${originSecret} `, `${originSecret},${originSecret}`])(
    "is rejected with 403: %j",
    async (secret) => {
      const answer = await health({ [originSecretHeader]: secret, [clientAddressHeader]: address });
      expect(answer).toMatchObject({
        statusCode: 403,
        json: {
          type: "urn:daybook:problem:direct-access-forbidden",
          detail: `Send this request to ${origin}/v1/health.`,
        },
      });
    },
  );

  it("is logged with the connecting address, not with the claimed one", async () => {
    await health({ [originSecretHeader]: "wrong", [clientAddressHeader]: address });
    expect(lines).toEqual([
      expect.objectContaining({ problem: "direct-access-forbidden", clientAddress: "127.0.0.1" }),
    ]);
  });

  it("is also rejected on unknown paths", async () => {
    const headers = { [originSecretHeader]: "wrong" };
    expect((await invoke(system.routeNotFound, { path: "/v1/nothing", headers })).statusCode).toBe(403);
  });
});
