import { type OperationId, operations } from "@daybook/core/api";
import { clientAddressHeader, originSecretHeader } from "@daybook/core/contract/edge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordProblem } from "../../scripts/lib/problems.ts";
import { exampleBodyOf } from "../contract-operations.ts";
import { codeFor, mailTo, newEmail, password } from "../fixtures.ts";
import { totp, wrongTotp } from "../totp.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterAll(() => cloud.remove());

const wrong = "not the password at all";
const newPassword = "a new and longer one";
let addresses = 0;
const newAddress = () => `198.51.${Math.floor(addresses / 256)}.${addresses++ % 256}`;

/** Returns a client that behaves like a browser behind the edge: it has its own IP address and cookies. */
function browserAt(address = newAddress()) {
  const cookies = new Map<string, string>();
  const secret = String(
    cloud.graph.all("random:index:RandomPassword").find(({ name }) => /^OriginSecret/.test(name))?.result,
  );
  return async (id: OperationId, body?: object, token?: string) => {
    const response = await fetch(cloud.apiUrls.ApiApi + operations[id].path, {
      method: operations[id].method,
      headers: {
        [originSecretHeader]: secret,
        [clientAddressHeader]: address,
        origin: cloud.url,
        ...(body && { "content-type": "application/json" }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const text = await response.text();
    const retryAfter = response.headers.get("retry-after");
    const answer = { status: response.status, retryAfter, body: text === "" ? {} : JSON.parse(text) };
    recordProblem(id, answer.body);
    return answer;
  };
}
type Browser = ReturnType<typeof browserAt>;

/** Creates an account whose owner has confirmed it and signed in with this browser. */
async function newAccount(browser = browserAt()) {
  const email = newEmail();
  expect((await browser("signUp", { email, password })).status).toBe(202);
  const code = await codeFor(cloud.env, email);
  expect((await browser("confirmAccount", { email, code, password })).status).toBe(204);
  const session = await browser("createSession", { email, password });
  expect(session.status).toBe(201);
  return { email, browser, token: String(session.body.accessToken) };
}

/** Enables the second factor of an account. @returns the secret of the app */
async function enableSecondFactor({ browser, token }: { browser: Browser; token: string }): Promise<string> {
  const { secret } = (await browser("enrolSecondFactor", { password }, token)).body;
  expect((await browser("confirmSecondFactor", { password, code: totp(secret) }, token)).status).toBe(200);
  return secret;
}

const statuses = async (count: number, attempt: () => Promise<{ status: number }>) => {
  const all = [];
  for (let made = 0; made < count; made += 1) all.push((await attempt()).status);
  return all;
};
const signIn = (browser: Browser, email: string, tried = password) =>
  browser("createSession", { email, password: tried });

describe("sign-in", () => {
  it("returns the wait time after too many attempts, identically for known and unknown addresses", async () => {
    const { email } = await newAccount();
    const answers = [];
    for (const address of [email, newEmail()]) {
      const stranger = browserAt();
      expect(await statuses(3, () => signIn(stranger, address, wrong))).toEqual([401, 401, 401]);
      answers.push(await signIn(stranger, address, wrong));
    }
    for (const { status, retryAfter, body } of answers) {
      expect([status, body.title]).toEqual([429, "Too many requests"]);
      expect(body.detail).toBe("Too many attempts. Try again in 16 minutes.");
      expect(Number(retryAfter)).toBeGreaterThan(15 * 60);
      expect(Number(retryAfter)).toBeLessThanOrEqual(16 * 60);
    }
  });

  it("stays open for the owner's browser while strangers at many IP addresses try passwords", async () => {
    const { email, browser } = await newAccount();
    for (let stranger = 0; stranger < 6; stranger += 1) {
      await Promise.all([1, 2, 3].map(() => signIn(browserAt(), email, wrong)));
    }
    expect((await signIn(browserAt(), email, wrong)).status).toBe(429);
    expect((await signIn(browser, email)).status).toBe(201);
  });

  it("stays open for the owner at another IP address and browser while one IP address floods the account", async () => {
    const { email } = await newAccount();
    const stranger = browserAt();
    await Promise.all(Array.from({ length: 12 }, () => signIn(stranger, email, wrong)));
    expect((await signIn(stranger, email)).status).toBe(429);
    expect((await signIn(browserAt(), email)).status).toBe(201);
  });

  it("stays open for other accounts at the same IP address", async () => {
    const [{ email }, other] = [await newAccount(), await newAccount()];
    const stranger = browserAt();
    await Promise.all(Array.from({ length: 12 }, () => signIn(stranger, email, wrong)));
    expect((await signIn(stranger, other.email)).status).toBe(201);
  });

  it("stays open after a password reset, which makes the browser trusted", async () => {
    const { email } = await newAccount();
    const attack = async () => {
      for (let stranger = 0; stranger < 6; stranger += 1) await signIn(browserAt(), email, wrong);
    };
    await attack();
    const owner = browserAt();
    expect((await signIn(owner, email)).status).toBe(429);
    expect((await owner("requestReset", { email })).status).toBe(202);
    const code = await codeFor(cloud.env, email);
    expect((await owner("confirmReset", { email, code, newPassword })).status).toBe(204);
    await attack();
    expect((await signIn(owner, email, newPassword)).status).toBe(201);
  });

  it("does not count correct passwords that need a code", async () => {
    const { email, ...account } = await newAccount();
    const secret = await enableSecondFactor(account);
    const stranger = browserAt();
    expect(await statuses(8, () => signIn(stranger, email))).toEqual(Array.from({ length: 8 }, () => 401));
    const codes = () => stranger("createSession", { email, password, code: wrongTotp(secret) });
    expect(await statuses(4, codes)).toEqual([401, 401, 401, 429]);
  });
});

describe("emails and codes", () => {
  it("are limited per address, but a stranger cannot block a reset by the owner's browser", async () => {
    const { email, browser } = await newAccount();
    const stranger = browserAt();
    expect(await statuses(6, () => stranger("requestReset", { email }))).toEqual([202, 202, 202, 202, 202, 429]);
    for (let more = 0; more < 12; more += 1) await browserAt()("requestReset", { email });
    expect((await browserAt()("requestReset", { email })).status).toBe(429);
    expect((await browser("requestReset", { email })).status).toBe(202);
  });

  it("are limited for the sign-ups with one address, from all clients together", async () => {
    const email = newEmail();
    const all = await statuses(11, () => browserAt()("signUp", { email, password }));
    expect(all).toEqual([...Array.from({ length: 10 }, () => 202), 429]);
    expect((await mailTo(cloud.env, email)).length).toBeLessThanOrEqual(10);
  });

  it("are limited to five wrong codes per IP address, and the code stays valid for the owner", async () => {
    const { email, browser } = await newAccount();
    await browser("requestReset", { email });
    const code = await codeFor(cloud.env, email);
    const stranger = browserAt();
    const guess = () => stranger("confirmReset", { email, code: code === "000000" ? "000001" : "000000", newPassword });
    expect(await statuses(5, guess)).toEqual([400, 400, 400, 400, 429]);
    expect((await browser("confirmReset", { email, code, newPassword })).status).toBe(204);
  });
});

describe("attempts by the owner's browser are limited", () => {
  it.each([
    "signUp",
    "confirmAccount",
    "resendConfirmation",
    "enrolSecondFactor",
    "confirmSecondFactor",
    "replaceRecoveryCodes",
    "disableSecondFactor",
    "deleteMe",
  ] as const)("%s", async (id) => {
    const { email, ...account } = await newAccount();
    const { browser, token } = account;
    if (["replaceRecoveryCodes", "disableSecondFactor"].includes(id)) await enableSecondFactor(account);
    const example = exampleBodyOf(operations[id]);
    const body = { ...example, ...(example && "email" in example && { email }) };
    expect((await statuses(6, () => browser(id, body, token))).at(-1)).toBe(429);
  });
});

describe("an unconfirmed account", () => {
  it("is confirmed by a password reset", async () => {
    const email = newEmail();
    await browserAt()("signUp", { email, password });
    const owner = browserAt();
    expect((await owner("requestReset", { email })).status).toBe(202);
    expect(await mailTo(cloud.env, email)).toHaveLength(2);
    const code = await codeFor(cloud.env, email);
    expect((await owner("confirmReset", { email, code, newPassword })).status).toBe(204);
    expect((await signIn(owner, email, newPassword)).status).toBe(201);
    expect((await signIn(browserAt(), email)).status).toBe(401);
  });
});

describe("the calls to the user pool", () => {
  it.each([
    ["signUp", { password }],
    ["createSession", { password: wrong }],
    ["resendConfirmation", {}],
    ["requestReset", {}],
    ["confirmReset", { code: "000000", newPassword }],
  ] as const)("are the same for known, unconfirmed and unknown addresses: %s", async (id, more) => {
    const known = (await newAccount()).email;
    const waiting = newEmail();
    await browserAt()("signUp", { email: waiting, password });
    const seen = [];
    for (const email of [known, waiting, newEmail()]) {
      const before = cloud.cognito.calls.length;
      const { status, body } = await browserAt()(id, { email, ...more });
      seen.push({ calls: cloud.cognito.calls.slice(before), status, type: body.type });
    }
    expect(seen[0]?.calls).not.toEqual([]);
    expect(seen).toEqual([seen[0], seen[0], seen[0]]);
  });
});
