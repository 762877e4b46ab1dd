import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BrowserSession, type SessionMessage, SignedOutError } from "./session.ts";
import { Api, ada, minute, openTab, people, statusOf, until } from "./test-api.ts";

let api: Api;
beforeEach(async () => {
  api = new Api();
  await api.start();
});
afterEach(() => api.stop());

describe("a visit", () => {
  it("continues the session of an earlier visit", async () => {
    api.signedIn = true;
    const tab = openTab(api);
    await tab.restore();
    expect(statusOf(tab)).toBe("signed-in");
  });

  it("is signed out without a session", async () => {
    const tab = openTab(api);
    await tab.restore();
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("is unreachable instead of signed out if the API fails, and can retry", async () => {
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
  it("carries the access token", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(api.renewals).toBe(0);
  });

  it("renews the token one minute before it expires", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.now += api.lifetime - minute;
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(api.renewals).toBe(1);
  });

  it("uses a new token for one minute even if the local clock says that it has expired", async () => {
    const tab = openTab(api);
    api.lifetime = -60 * minute;
    await tab.signIn(ada);
    await tab.fetch(api.url);
    expect(api.renewals).toBe(0);
  });

  it("is retried once with a new token after a 401", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.revokeToken();
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(api).toMatchObject({ renewals: 1, requests: 2 });
  });

  it("is not retried a second time", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.refusesAll = true;
    expect((await tab.fetch(api.url)).status).toBe(401);
    expect(api).toMatchObject({ renewals: 1, requests: 2 });
  });

  it("shares one renewal with concurrent requests of the tab", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.revokeToken();
    const responses = await Promise.all([1, 2, 3, 4].map(() => tab.fetch(api.url)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(api.renewals).toBe(1);
  });

  it("fails if the token cannot be renewed, and keeps the user signed in", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { now: api.now + api.lifetime, reachable: false });
    await expect(tab.fetch(api.url)).rejects.toThrow("fetch failed");
    expect(statusOf(tab)).toBe("signed-in");
  });

  it("by lastingFetch is sent at once, even with a token that is about to expire", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { now: api.now + api.lifetime - minute / 2, reachable: false });
    expect((await tab.lastingFetch(api.url)).status).toBe(200);
    expect(api).toMatchObject({ renewals: 0, requests: 1 });
  });

  it("by lastingFetch is retried with a new token after a 401", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.revokeToken();
    expect((await tab.lastingFetch(api.url)).status).toBe(200);
    expect(api.renewals).toBe(1);
  });

  it("is rejected with SignedOutError if no user is signed in", async () => {
    const tab = openTab(api);
    await tab.restore();
    await expect(tab.fetch(api.url)).rejects.toThrow(SignedOutError);
  });
});

describe("a visit of a remembered user", () => {
  const recalled = people.ada;

  it("shows the remembered user before the API answers", async () => {
    api.signedIn = true;
    const tab = openTab(api, { recalled });
    const restored = tab.restore();
    expect(tab.state()).toMatchObject({ status: "restoring", person: recalled });
    const { generation } = tab.state();
    await restored;
    expect(tab.state()).toEqual({ status: "signed-in", generation, person: recalled });
  });

  it("continues offline with the remembered user, and signs in once the API answers", async () => {
    Object.assign(api, { signedIn: true, reachable: false });
    const tab = openTab(api, { recalled });
    await tab.restore();
    expect(tab.state()).toMatchObject({ status: "unreachable", person: recalled });
    await expect(tab.fetch(api.url)).rejects.toThrow("fetch failed");
    api.reachable = true;
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(statusOf(tab)).toBe("signed-in");
  });

  it("asks to sign in again if the session ended while the API was unreachable", async () => {
    api.reachable = false;
    const tab = openTab(api, { recalled });
    await tab.restore();
    api.reachable = true;
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    await tab.signIn(ada);
    expect((await request).status).toBe(200);
  });

  it("signs out if the session has ended", async () => {
    const tab = openTab(api, { recalled });
    await tab.restore();
    expect(tab.state()).toMatchObject({
      status: "signed-out",
      person: undefined,
      farewell: { reason: "session-ended", email: ada.email },
    });
  });

  it("starts a new generation if another user is signed in", async () => {
    Object.assign(api, { signedIn: true, owner: people.bob.id });
    const tab = openTab(api, { recalled });
    const restored = tab.restore();
    const { generation } = tab.state();
    await restored;
    expect(tab.state()).toMatchObject({ status: "signed-in", person: { id: people.bob.id } });
    expect(tab.state().generation).toBeGreaterThan(generation);
  });
});

describe("a session that expires during use", () => {
  it("holds requests until the user signs in again, then sends them", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    const { generation } = tab.state();
    api.signedIn = false;
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    await tab.signIn(ada);
    expect((await request).status).toBe(200);
    expect(tab.state()).toEqual({ status: "signed-in", generation, person: people.ada });
  });

  it("continues when the same user signs in in another tab", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { signedIn: false });
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    api.signedIn = true;
    tab.hear({ type: "signed-in", person: people.ada });
    expect((await request).status).toBe(200);
  });

  it("rejects held requests when another user signs in", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    const { generation } = tab.state();
    Object.assign(api, { signedIn: false });
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    api.signedIn = true;
    api.owner = people.bob.id;
    tab.hear({ type: "signed-in", person: people.bob });
    await expect(request).rejects.toThrow(SignedOutError);
    await until(tab, "signed-in");
    expect(tab.state().generation).toBeGreaterThan(generation);
  });

  it("rejects held requests when the user signs out", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { signedIn: false });
    api.revokeToken();
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    tab.leave("signed-out");
    await expect(request).rejects.toThrow(SignedOutError);
  });
});

describe("tabs", () => {
  it("announce sign-in and sign-out without tokens", async () => {
    const told: SessionMessage[] = [];
    const tab = openTab(api, { told });
    await tab.signIn({ ...ada, email: " Ada@Example.com" });
    await tab.signOut();
    expect(told).toEqual([
      { type: "signed-in", person: people.ada },
      { type: "signed-out", reason: "signed-out" },
    ]);
  });

  it("sign out together", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    tab.hear({ type: "signed-out", reason: "signed-out" });
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("sign in together", async () => {
    const tab = openTab(api);
    await tab.restore();
    api.signedIn = true;
    tab.hear({ type: "signed-in", person: people.ada });
    await until(tab, "signed-in");
    expect((await tab.fetch(api.url)).status).toBe(200);
  });

  it("share the name of the user", async () => {
    const told: SessionMessage[] = [];
    const [first, second] = [openTab(api, { told }), openTab(api)];
    await first.signIn(ada);
    await second.restore();
    const person = { ...people.ada, name: "Ada" };
    first.identify(person);
    first.identify(person);
    expect(told.slice(1)).toEqual([{ type: "identified", person }]);
    second.hear({ type: "identified", person });
    expect(second.state().person).toEqual(person);
    second.hear({ type: "identified", person: people.bob });
    expect(second.state().person).toEqual(person);
  });

  it("drop a response that arrives after sign-out", async () => {
    api.signedIn = true;
    const tab = openTab(api);
    const restored = tab.restore();
    tab.hear({ type: "signed-out", reason: "signed-out" });
    await restored;
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("stay signed in if the sign-out request fails", async () => {
    const tab = new BrowserSession({
      renew: () => api.renew(),
      signIn: async () => api.grant(),
      signOut: () => Promise.reject(new TypeError("fetch failed")),
      ownerOf: () => people.ada.id,
      recall: () => undefined,
      isMissing: () => false,
      tell: () => {},
      now: () => api.now,
    });
    await tab.signIn(ada);
    await expect(tab.signOut()).rejects.toThrow("fetch failed");
    expect(statusOf(tab)).toBe("signed-in");
  });
});
