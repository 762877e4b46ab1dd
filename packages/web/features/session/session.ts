import type { Session } from "@daybook/core/account/session/session";
import type { sessionOperations } from "@daybook/core/account/session/session.api";
import { problemType } from "@daybook/core/contract/problem";
import type * as z from "zod";
import { observable } from "../../lib/observable.ts";

/** An access token and its expiry, from the API. */
type Grant = Pick<Session, "accessToken" | "expiresAt">;

/** What a user signs in with. */
export type Credentials = z.output<(typeof sessionOperations)["createSession"]["body"]>;

/** The user of a session. The id is known from the first token on, the rest once the API or the sign-in provides it. */
export interface Person {
  readonly id: string;
  readonly email?: string;
  readonly name?: string | null;
}

/**
 * - `restoring`: the refresh cookie is being tried. `person` is the user of the last visit, if any.
 * - `signed-in`: there is a token, or it can be renewed.
 * - `expired`: the session has ended during use. Requests wait until the user signs in again.
 * - `signed-out`: no user is signed in.
 * - `unreachable`: the API did not answer. The user of the last visit can work with local data.
 */
export type SessionStatus = "restoring" | "signed-in" | "expired" | "signed-out" | "unreachable";

/** Why the user is no longer signed in. */
export type Farewell = "signed-out" | "signed-out-everywhere" | "session-ended" | "account-deleted";

export interface SessionState {
  readonly status: SessionStatus;
  /** Increases when the user changes or signs out. Data of one generation must not be shown in the next. */
  readonly generation: number;
  readonly person: Person | undefined;
  /** Set after a known user was signed out. If the session ended by itself, `email` prefills the sign-in form. */
  readonly farewell?: { readonly reason: Farewell; readonly email?: string } | undefined;
}

/** Message between the tabs of one browser. Never contains tokens. */
export type SessionMessage =
  | { readonly type: "signed-in" | "identified"; readonly person: Person }
  | { readonly type: "signed-out"; readonly reason: Farewell };

/** Dependencies of a session. */
export interface SessionPorts {
  renew(): Promise<Grant>;
  signIn(credentials: Credentials): Promise<Grant>;
  /** @param everywhere whether to end all sessions of the user */
  signOut(everywhere: boolean): Promise<void>;
  /** Returns the user id in an access token. */
  ownerOf(accessToken: string): string;
  /** Returns the user of the last visit. */
  recall(): Person | undefined;
  /** Whether an error means that the session has ended, and not a temporary failure. */
  isMissing(error: unknown): boolean;
  tell(message: SessionMessage): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** No user is signed in any more, or another one is, so a waiting request is not sent. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";
}

/**
 * Renew a token this long before it expires, but use it at least this long after it arrived, in case the local clock
 * is ahead. Example: a token for 15 minutes is renewed after 14. With a clock one hour ahead, it is used for one
 * minute. Milliseconds.
 */
const marginMs = 60_000;

/** Session of this tab. Keeps the access token only in memory. */
export class BrowserSession {
  readonly #ports: SessionPorts;
  readonly #state = observable<SessionState>({ status: "restoring", generation: 0, person: undefined });
  #token: { readonly value: string; readonly goodUntil: number } | undefined;
  #renewal: Promise<void> | undefined;
  /** Incremented by sign-in and sign-out. The answer to a renewal of an earlier turn is dropped. */
  #turn = 0;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  readonly state = this.#state.get;
  readonly subscribe = this.#state.subscribe;

  /** Updates the user in all tabs, for example with the name from the API. Ignores other users. */
  identify(person: Person): void {
    const known = this.state().person;
    if (known?.id !== person.id || (known.email === person.email && known.name === person.name)) return;
    this.#become({ person });
    this.#ports.tell({ type: "identified", person });
  }

  /** Restores the session from the refresh cookie. Never rejects: the outcome is in the state. */
  async restore(): Promise<void> {
    if (this.state().status === "signed-in" || this.state().status === "expired") return;
    this.#become({ status: "restoring", person: this.state().person ?? this.#ports.recall() });
    await this.#renew().catch(() => this.#become({ status: "unreachable" }));
  }

  /**
   * Signs in.
   * @throws errors of the port; the state then stays unchanged
   */
  async signIn(credentials: Credentials): Promise<void> {
    const grant = await this.#ports.signIn(credentials);
    this.#turn += 1;
    const person = this.#accept(grant);
    const email = credentials.email.trim().toLowerCase();
    this.#become({ person: { ...person, email } });
    this.#ports.tell({ type: "signed-in", person: { ...person, email } });
  }

  /**
   * Signs out of this browser, or of all. Idempotent if the session has already ended.
   * @throws errors of the port; the user then stays signed in
   */
  async signOut({ everywhere = false } = {}): Promise<void> {
    try {
      await this.#ports.signOut(everywhere);
    } catch (error) {
      if (!this.#ports.isMissing(error)) throw error;
    }
    this.leave(everywhere ? "signed-out-everywhere" : "signed-out");
  }

  /** Signs out in all tabs, without a request to the API. */
  leave(reason: Farewell): void {
    this.#leave(reason);
    this.#ports.tell({ type: "signed-out", reason });
  }

  /** Handles a message from another tab. */
  hear(message: SessionMessage): void {
    if (message.type === "signed-out") {
      this.#leave(message.reason);
      return;
    }
    const { person, generation } = this.state();
    const same = message.person.id === person?.id;
    if (message.type === "identified") {
      if (same) this.#become({ person: message.person });
      return;
    }
    // Drop a pending renewal, because it may belong to the previous session.
    this.#forget();
    if (!same) this.#become({ status: "restoring", generation: generation + 1, person: message.person });
    this.#renew().catch(() => {
      if (this.state().status === "restoring") this.#become({ status: "unreachable" });
    });
  }

  /**
   * `fetch` with the current access token. After a 401 about the token, renews it once and sends the request again.
   * While the user has to sign in again, the request waits.
   * @throws SignedOutError if the user who made the request is no longer signed in
   */
  readonly fetch: typeof fetch = async (input, init) => {
    const { generation } = this.state();
    const token = await this.#usableToken(generation);
    const response = await send(input, init, token);
    if (!(await refusesToken(response))) return response;
    return send(input, init, await this.#usableToken(generation, token));
  };

  /**
   * `fetch` for an unloading page: sends the request within this task, with the token in memory even if it is about to
   * expire, and with `keepalive`. Browsers limit the bodies of pending keepalive requests to 64 KB in total
   * (https://fetch.spec.whatwg.org/).
   */
  readonly lastingFetch: typeof fetch = async (input, init) => {
    const lasting = { ...init, keepalive: true };
    const response = this.#token && (await send(input, lasting, this.#token.value));
    return response && response.status !== 401 ? response : this.fetch(input, lasting);
  };

  /**
   * Returns a valid token, and renews it or waits for sign-in if necessary.
   * @throws SignedOutError if the user of the request is no longer signed in
   */
  async #usableToken(generation: number, refused?: string): Promise<string> {
    let mustRenew = refused !== undefined && this.#token?.value === refused;
    for (;;) {
      const { status, generation: current } = this.state();
      if (status === "signed-out" || current !== generation) throw new SignedOutError("No user is signed in");
      const token = this.#token;
      if (token && !mustRenew && token.goodUntil > this.#ports.now()) return token.value;
      mustRenew = false;
      if (status === "expired") await this.#change();
      else await this.#renew();
    }
  }

  /** Renews the token. Concurrent calls share one request. */
  #renew(): Promise<void> {
    if (this.#renewal) return this.#renewal;
    const renewal = this.#renewOnce(this.#turn).finally(() => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    });
    this.#renewal = renewal;
    return renewal;
  }

  async #renewOnce(turn: number): Promise<void> {
    try {
      const grant = await this.#ports.renew();
      if (turn === this.#turn) this.#accept(grant);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!this.#ports.isMissing(error)) throw error;
      const { status, person } = this.state();
      this.#token = undefined;
      // If the user was already working, keep their changes and ask them to sign in again. A visit that only starts
      // goes to the sign-in page.
      if (person && status !== "restoring" && status !== "signed-out") this.#become({ status: "expired" });
      else this.#leave("session-ended");
    }
  }

  #accept({ accessToken, expiresAt }: Grant): Person {
    const now = this.#ports.now();
    const goodUntil = Math.max(Date.parse(expiresAt) - marginMs, now + marginMs);
    this.#token = { value: accessToken, goodUntil };
    const { person: known, generation } = this.state();
    const id = this.#ports.ownerOf(accessToken);
    const person = known?.id === id ? known : { id };
    const another = known !== undefined && known.id !== id;
    const next = another ? generation + 1 : generation;
    this.#become({ status: "signed-in", person, generation: next, farewell: undefined });
    return person;
  }

  #leave(reason: Farewell): void {
    const { status, person, generation } = this.state();
    this.#forget();
    if (status === "signed-out") return;
    const email = reason === "session-ended" ? person?.email : undefined;
    const farewell = person && { reason, ...(email !== undefined && { email }) };
    this.#become({ status: "signed-out", person: undefined, generation: generation + 1, farewell });
  }

  #forget(): void {
    this.#turn += 1;
    this.#renewal = undefined;
    this.#token = undefined;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  #become(change: Partial<SessionState>): void {
    const next = { ...this.state(), ...change };
    const { status, generation, person } = this.state();
    if (next.status === status && next.generation === generation && next.person === person) return;
    this.#state.set(next);
  }
}

/**
 * Whether a response refuses the token. A 401 can also refuse a password or code in the request; that attempt was
 * counted and must not be repeated.
 */
async function refusesToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return true;
  const problem: unknown = await response.clone().json();
  return Object(problem).type === problemType("session-missing");
}

function send(input: RequestInfo | URL, init: RequestInit | undefined, token: string): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.set("authorization", `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}
