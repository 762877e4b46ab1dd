import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BrowserSession, type SessionMessage, SignedOutError } from "./session.ts";

class NoSession extends Error {}

const ada = { email: "ada@example.com", password: "correct horse battery" };
const minute = 60_000;

/** An API that knows one session and accepts its newest token alone. */
class Api {
  now = Date.parse("2026-11-21T09:00:00Z");
  lifetime = 15 * minute;
  signedIn = false;
  reachable = true;
  renewals = 0;
  requests = 0;
  refusesAll = false;
  #token = "";
  #server: Server | undefined;
  url = "";

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.requests += 1;
      const accepted = !this.refusesAll && request.headers.authorization === `Bearer ${this.#token}`;
      response.writeHead(accepted ? 200 : 401).end(request.headers.authorization);
    });
    const server = this.#server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    this.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1/me`;
  }

  stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  /** As if the token's time had come. */
  revokeToken(): void {
    this.#token = "revoked";
  }

  grant() {
    this.#token = `token-${crypto.randomUUID()}`;
    return { accessToken: this.#token, expiresAt: new Date(this.now + this.lifetime).toISOString() };
  }

  async renew() {
    this.renewals += 1;
    if (!this.reachable) throw new TypeError("fetch failed");
    if (!this.signedIn) throw new NoSession();
    return this.grant();
  }
}

/** A tab of the browser that holds the API's cookie. */
function openTab(api: Api, told: SessionMessage[] = []) {
  return new BrowserSession({
    renew: () => api.renew(),
    async signIn() {
      api.signedIn = true;
      return api.grant();
    },
    async signOut() {
      api.signedIn = false;
    },
    isMissing: (error) => error instanceof NoSession,
    tell: (message) => told.push(message),
    now: () => api.now,
  });
}

const statusOf = (tab: BrowserSession) => tab.state().status;

/** Resolves when the tab has come to a status. */
const until = (tab: BrowserSession, status: string) =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (statusOf(tab) !== status) return;
      stop();
      resolve();
    };
    const stop = tab.subscribe(check);
    check();
  });

let api: Api;
beforeEach(async () => {
  api = new Api();
  await api.start();
});
afterEach(() => api.stop());

describe("a visit", () => {
  it("goes on with the session of an earlier one", async () => {
    api.signedIn = true;
    const tab = openTab(api);
    await tab.restore();
    expect(statusOf(tab)).toBe("signed-in");
  });

  it("is signed out where there is no session", async () => {
    const tab = openTab(api);
    await tab.restore();
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("is not signed out because the API cannot be reached, and can try again", async () => {
    Object.assign(api, { signedIn: true, reachable: false });
    const tab = openTab(api);
    await tab.restore();
    expect(statusOf(tab)).toBe("unreachable");
    api.reachable = true;
    await tab.restore();
    expect(statusOf(tab)).toBe("signed-in");
  });
});

describe("a request", () => {
  it("carries the token", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(api.renewals).toBe(0);
  });

  it("renews the token a minute before its end", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.now += api.lifetime - minute;
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(api.renewals).toBe(1);
  });

  it("uses a token for a minute even where the clock of the machine says that it is over", async () => {
    const tab = openTab(api);
    api.lifetime = -60 * minute;
    await tab.signIn(ada);
    await tab.fetch(api.url);
    expect(api.renewals).toBe(0);
  });

  it("is sent once more with a new token after a 401", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.revokeToken();
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(api).toMatchObject({ renewals: 1, requests: 2 });
  });

  it("is not sent a third time", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.refusesAll = true;
    expect((await tab.fetch(api.url)).status).toBe(401);
    expect(api).toMatchObject({ renewals: 1, requests: 2 });
  });

  it("shares one renewal with all others of the tab", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.revokeToken();
    const responses = await Promise.all([1, 2, 3, 4].map(() => tab.fetch(api.url)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(api.renewals).toBe(1);
  });

  it("fails when the API cannot be reached for a new token, and leaves the person signed in", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { now: api.now + api.lifetime, reachable: false });
    await expect(tab.fetch(api.url)).rejects.toThrow("fetch failed");
    expect(statusOf(tab)).toBe("signed-in");
  });

  it("fails where nobody is signed in", async () => {
    const tab = openTab(api);
    await tab.restore();
    await expect(tab.fetch(api.url)).rejects.toThrow(SignedOutError);
  });
});

describe("a session that ends while somebody works", () => {
  it("holds their requests until they have signed in again, and then sends them", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    const { generation } = tab.state();
    api.signedIn = false;
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    await tab.signIn(ada);
    expect((await request).status).toBe(200);
    expect(tab.state()).toEqual({ status: "signed-in", generation });
  });

  it("goes on when the same person signs in again in another tab", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { signedIn: false });
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    api.signedIn = true;
    tab.hear({ type: "signed-in", email: ada.email });
    expect((await request).status).toBe(200);
  });

  it("never sends their requests in the name of another person", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    const { generation } = tab.state();
    Object.assign(api, { signedIn: false });
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    api.signedIn = true;
    tab.hear({ type: "signed-in", email: "bob@example.com" });
    await expect(request).rejects.toThrow(SignedOutError);
    await until(tab, "signed-in");
    expect(tab.state().generation).toBeGreaterThan(generation);
  });

  it("drops their requests when they leave", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { signedIn: false });
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    tab.leave();
    await expect(request).rejects.toThrow(SignedOutError);
  });
});

describe("tabs", () => {
  it("tell each other of sign-in and sign-out, and never of tokens", async () => {
    const told: SessionMessage[] = [];
    const tab = openTab(api, told);
    await tab.signIn({ ...ada, email: " Ada@Example.com" });
    await tab.signOut();
    expect(told).toEqual([{ type: "signed-in", email: ada.email }, { type: "signed-out" }]);
  });

  it("sign out together", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    tab.hear({ type: "signed-out" });
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("sign in together", async () => {
    const tab = openTab(api);
    await tab.restore();
    api.signedIn = true;
    tab.hear({ type: "signed-in", email: ada.email });
    await until(tab, "signed-in");
    expect((await tab.fetch(api.url)).status).toBe(200);
  });

  it("drop an answer that comes after the person has signed out", async () => {
    api.signedIn = true;
    const tab = openTab(api);
    const restored = tab.restore();
    tab.hear({ type: "signed-out" });
    await restored;
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("stay signed in when signing out fails", async () => {
    const tab = new BrowserSession({
      renew: () => api.renew(),
      signIn: async () => api.grant(),
      signOut: () => Promise.reject(new TypeError("fetch failed")),
      isMissing: () => false,
      tell: () => {},
      now: () => api.now,
    });
    await tab.signIn(ada);
    await expect(tab.signOut()).rejects.toThrow("fetch failed");
    expect(statusOf(tab)).toBe("signed-in");
  });
});
