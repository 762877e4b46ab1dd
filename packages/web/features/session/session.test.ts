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

  it("for a page that goes leaves at once, with the token in memory although that is about to end", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    Object.assign(api, { now: api.now + api.lifetime - minute / 2, reachable: false });
    expect((await tab.lastingFetch(api.url)).status).toBe(200);
    expect(api).toMatchObject({ renewals: 0, requests: 1 });
  });

  it("for a page that stays after all is sent once more with a new token after a 401", async () => {
    const tab = openTab(api);
    await tab.signIn(ada);
    api.revokeToken();
    expect((await tab.lastingFetch(api.url)).status).toBe(200);
    expect(api.renewals).toBe(1);
  });

  it("fails where nobody is signed in", async () => {
    const tab = openTab(api);
    await tab.restore();
    await expect(tab.fetch(api.url)).rejects.toThrow(SignedOutError);
  });
});

describe("a visit of somebody who was here before", () => {
  const recalled = people.ada;

  it("knows whose it is before the API has answered", async () => {
    api.signedIn = true;
    const tab = openTab(api, { recalled });
    const restored = tab.restore();
    expect(tab.state()).toMatchObject({ status: "restoring", person: recalled });
    const { generation } = tab.state();
    await restored;
    expect(tab.state()).toEqual({ status: "signed-in", generation, person: recalled });
  });

  it("goes on with what is kept while the API cannot be reached, and with the API as soon as it can", async () => {
    Object.assign(api, { signedIn: true, reachable: false });
    const tab = openTab(api, { recalled });
    await tab.restore();
    expect(tab.state()).toMatchObject({ status: "unreachable", person: recalled });
    await expect(tab.fetch(api.url)).rejects.toThrow("fetch failed");
    api.reachable = true;
    expect((await tab.fetch(api.url)).status).toBe(200);
    expect(statusOf(tab)).toBe("signed-in");
  });

  it("asks to sign in again where the session has ended while the API could not be reached", async () => {
    api.reachable = false;
    const tab = openTab(api, { recalled });
    await tab.restore();
    api.reachable = true;
    const request = tab.fetch(api.url);
    await until(tab, "expired");
    await tab.signIn(ada);
    expect((await request).status).toBe(200);
  });

  it("forgets them where their session has ended", async () => {
    const tab = openTab(api, { recalled });
    await tab.restore();
    expect(tab.state()).toMatchObject({
      status: "signed-out",
      person: undefined,
      farewell: { reason: "session-ended", email: ada.email },
    });
  });

  it("never takes somebody else for them", async () => {
    Object.assign(api, { signedIn: true, owner: people.bob.id });
    const tab = openTab(api, { recalled });
    const restored = tab.restore();
    const { generation } = tab.state();
    await restored;
    expect(tab.state()).toMatchObject({ status: "signed-in", person: { id: people.bob.id } });
    expect(tab.state().generation).toBeGreaterThan(generation);
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
    expect(tab.state()).toEqual({ status: "signed-in", generation, person: people.ada });
  });

  it("goes on when the same person signs in again in another tab", async () => {
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

  it("never sends their requests in the name of another person", async () => {
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

  it("drops their requests when they leave", async () => {
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
  it("tell each other of sign-in and sign-out, and never of tokens", async () => {
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

  it("learn the name of the person together", async () => {
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

  it("drop an answer that comes after the person has signed out", async () => {
    api.signedIn = true;
    const tab = openTab(api);
    const restored = tab.restore();
    tab.hear({ type: "signed-out", reason: "signed-out" });
    await restored;
    expect(statusOf(tab)).toBe("signed-out");
  });

  it("stay signed in when signing out fails", async () => {
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
