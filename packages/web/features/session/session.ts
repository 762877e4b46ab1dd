import { problemType } from "@daybook/core/contract/problem";

/** An access token and when it stops working, as the API hands it out. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresAt: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the app of whoever has a second factor. */
  readonly code?: string | undefined;
  /** In place of the code of the app: it turns the second factor off. */
  readonly recoveryCode?: string | undefined;
}

/** Whom a session belongs to. The id is known from the first token on, the rest as soon as the API or the sign-in has told it. */
export interface Person {
  readonly id: string;
  readonly email?: string;
  readonly name?: string | null;
}

/**
 * - `restoring`: the cookie is being tried; `person` is who was signed in at the last visit, if anybody.
 * - `signed-in`: there is a token, or one can be had.
 * - `expired`: it was signed in, and the person must prove again who they are; what they were doing waits.
 * - `signed-out`: nobody is signed in.
 * - `unreachable`: the API did not answer when it was asked; whoever was signed in at the last visit can go on with what is kept here.
 */
export type SessionStatus = "restoring" | "signed-in" | "expired" | "signed-out" | "unreachable";

/** How it came that somebody is not signed in any more. */
export type Farewell = "signed-out" | "signed-out-everywhere" | "session-ended" | "account-deleted";

export interface SessionState {
  readonly status: SessionStatus;
  /** Counts persons, so to speak: whatever was kept for one generation must not be shown in the next. */
  readonly generation: number;
  readonly person: Person | undefined;
  /** Of a person who was known and is signed out now; whoever did not want to leave need not type their address again. */
  readonly farewell?: { readonly reason: Farewell; readonly email?: string } | undefined;
}

/** What tabs of one browser tell each other; tokens are never among it. */
export type SessionMessage =
  | { readonly type: "signed-in" | "identified"; readonly person: Person }
  | { readonly type: "signed-out"; readonly reason: Farewell };

/** What a session needs of the world around it. */
export interface SessionPorts {
  renew(): Promise<Grant>;
  signIn(credentials: Credentials): Promise<Grant>;
  /** @param everywhere whether all sessions of the person end */
  signOut(everywhere: boolean): Promise<void>;
  /** The id of the user whom an access token stands for. */
  ownerOf(accessToken: string): string;
  /** Who was signed in at the last visit. */
  recall(): Person | undefined;
  /** Whether a refusal means that there is no session any more, unlike a failure that may pass. */
  isMissing(error: unknown): boolean;
  tell(message: SessionMessage): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Nobody is signed in any more, so a request that waited for a token will not be sent. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";
}

/** A token is renewed so long before its end, but used for as long after its arrival even if this machine's clock runs ahead. */
const marginMs = 60_000;

/** Who is signed in, in this tab. The access token lives in this object's memory and nowhere else. */
export class BrowserSession {
  readonly #ports: SessionPorts;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { status: "restoring", generation: 0, person: undefined };
  #token: { readonly value: string; readonly goodUntil: number } | undefined;
  #renewal: Promise<void> | undefined;
  /** Changes with every sign-in and sign-out: an answer to an older question is dropped. */
  #turn = 0;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tells, in all tabs, what the API says of the person who is signed in. */
  identify(person: Person): void {
    const known = this.#state.person;
    if (known?.id !== person.id || (known.email === person.email && known.name === person.name)) return;
    this.#become({ person });
    this.#ports.tell({ type: "identified", person });
  }

  /** Tries the cookie of an earlier visit. Never fails: the outcome is the state. */
  async restore(): Promise<void> {
    if (this.#state.status === "signed-in" || this.#state.status === "expired") return;
    this.#become({ status: "restoring", person: this.#state.person ?? this.#ports.recall() });
    await this.#renew().catch(() => this.#become({ status: "unreachable" }));
  }

  /** @throws what the port throws, and then changes nothing */
  async signIn(credentials: Credentials): Promise<void> {
    const grant = await this.#ports.signIn(credentials);
    this.#turn += 1;
    const person = this.#accept(grant);
    const email = credentials.email.trim().toLowerCase();
    this.#become({ person: { ...person, email } });
    this.#ports.tell({ type: "signed-in", person: { ...person, email } });
  }

  /** Signs out, of this browser or of all. @throws what the port throws, and then the session goes on */
  async signOut({ everywhere = false } = {}): Promise<void> {
    try {
      await this.#ports.signOut(everywhere);
    } catch (error) {
      if (!this.#ports.isMissing(error)) throw error;
    }
    this.leave(everywhere ? "signed-out-everywhere" : "signed-out");
  }

  /** Forgets the person, in all tabs, without a word to the API. */
  leave(reason: Farewell): void {
    this.#leave(reason);
    this.#ports.tell({ type: "signed-out", reason });
  }

  /** What another tab says. */
  hear(message: SessionMessage): void {
    if (message.type === "signed-out") {
      this.#leave(message.reason);
      return;
    }
    const { person, generation } = this.#state;
    const same = message.person.id === person?.id;
    if (message.type === "identified") {
      if (same) this.#become({ person: message.person });
      return;
    }
    // A renewal that is under way may still be about the session of before.
    this.#forget();
    if (!same) this.#become({ status: "restoring", generation: generation + 1, person: message.person });
    this.#renew().catch(() => {
      if (this.#state.status === "restoring") this.#become({ status: "unreachable" });
    });
  }

  /**
   * `fetch` with the token of the moment. A 401 is answered by one renewal and one more try; while the person has to sign in again,
   * the request waits for it.
   * @throws SignedOutError when the person who asked is not signed in any more
   */
  readonly fetch: typeof fetch = async (input, init) => {
    const { generation } = this.#state;
    const token = await this.#usableToken(generation);
    const response = await send(input, init, token);
    if (!(await refusesToken(response))) return response;
    return send(input, init, await this.#usableToken(generation, token));
  };

  /**
   * `fetch` for a page that goes: the request leaves in this task, with the token in memory even if that is about to end, and outlives the
   * page. Browsers allow 64 KB of bodies on their way at once.
   */
  readonly lastingFetch: typeof fetch = async (input, init) => {
    const lasting = { ...init, keepalive: true };
    const response = this.#token && (await send(input, lasting, this.#token.value));
    return response && response.status !== 401 ? response : this.fetch(input, lasting);
  };

  /** @throws SignedOutError when it would be the token of another person than the one who asked */
  async #usableToken(generation: number, refused?: string): Promise<string> {
    let mustRenew = refused !== undefined && this.#token?.value === refused;
    for (;;) {
      const { status, generation: current } = this.#state;
      if (status === "signed-out" || current !== generation) throw new SignedOutError("Nobody is signed in");
      const token = this.#token;
      if (token && !mustRenew && token.goodUntil > this.#ports.now()) return token.value;
      mustRenew = false;
      if (status === "expired") await this.#change();
      else await this.#renew();
    }
  }

  /** One renewal at a time: whoever asks meanwhile gets the same answer. */
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
      const { status, person } = this.#state;
      this.#token = undefined;
      // Where somebody could work already, what they did must not go; a visit that only begins starts with signing in.
      if (person && status !== "restoring" && status !== "signed-out") this.#become({ status: "expired" });
      else this.#leave("session-ended");
    }
  }

  #accept({ accessToken, expiresAt }: Grant): Person {
    const now = this.#ports.now();
    const goodUntil = Math.max(Date.parse(expiresAt) - marginMs, now + marginMs);
    this.#token = { value: accessToken, goodUntil };
    const { person: known, generation } = this.#state;
    const id = this.#ports.ownerOf(accessToken);
    const person = known?.id === id ? known : { id };
    const another = known !== undefined && known.id !== id;
    const next = another ? generation + 1 : generation;
    this.#become({ status: "signed-in", person, generation: next, farewell: undefined });
    return person;
  }

  #leave(reason: Farewell): void {
    const { status, person, generation } = this.#state;
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
    const next = { ...this.#state, ...change };
    const { status, generation, person } = this.#state;
    if (next.status === status && next.generation === generation && next.person === person) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Whether the answer is about the token. A 401 can be about a password or a code in the request, too: that was refused, and counted. */
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
