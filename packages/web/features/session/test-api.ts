import { createServer, type Server } from "node:http";
import { BrowserSession, type Person, type SessionMessage } from "./session.ts";

class NoSession extends Error {}

export const ada = { email: "ada@example.com", password: "correct horse battery" };
export const people = { ada: { id: "usr_ada", email: ada.email }, bob: { id: "usr_bob", email: "bob@example.com" } };
export const minute = 60_000;

/** In-memory API with one session. Accepts only its latest token. */
export class Api {
  now = Date.parse("2026-11-21T09:00:00Z");
  lifetime = 15 * minute;
  signedIn = false;
  reachable = true;
  renewals = 0;
  requests = 0;
  refusesAll = false;
  /** User of the browser's refresh cookie. */
  owner = people.ada.id;
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

  /** Makes the current token invalid, as if it had expired. */
  revokeToken(): void {
    this.#token = "revoked";
  }

  grant() {
    this.#token = `${this.owner} ${crypto.randomUUID()}`;
    return { accessToken: this.#token, expiresAt: new Date(this.now + this.lifetime).toISOString() };
  }

  async renew() {
    this.renewals += 1;
    if (!this.reachable) throw new TypeError("fetch failed");
    if (!this.signedIn) throw new NoSession();
    return this.grant();
  }
}

/** Opens a tab in the browser that has the API's cookie. */
export function openTab(api: Api, { told = [], recalled }: { told?: SessionMessage[]; recalled?: Person } = {}) {
  return new BrowserSession({
    renew: () => api.renew(),
    async signIn() {
      api.signedIn = true;
      return api.grant();
    },
    async signOut() {
      api.signedIn = false;
    },
    ownerOf: (token) => token.split(" ")[0] ?? "",
    recall: () => recalled,
    isMissing: (error) => error instanceof NoSession,
    tell: (message) => told.push(message),
    now: () => api.now,
  });
}

export const statusOf = (tab: BrowserSession) => tab.state().status;

/** Resolves when the tab has reached a status. */
export const until = (tab: BrowserSession, status: string) =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (statusOf(tab) !== status) return;
      stop();
      resolve();
    };
    const stop = tab.subscribe(check);
    check();
  });
