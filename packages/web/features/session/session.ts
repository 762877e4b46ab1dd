/** An access token and when it stops working, as the API hands it out. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresAt: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * - `restoring`: the cookie is being tried; nothing is known yet.
 * - `signed-in`: there is a token, or one can be had.
 * - `expired`: it was signed in, and the person must prove again who they are; what they were doing waits.
 * - `signed-out`: nobody is signed in.
 * - `unreachable`: the API did not answer when it was asked.
 */
export type SessionStatus = "restoring" | "signed-in" | "expired" | "signed-out" | "unreachable";

export interface SessionState {
  readonly status: SessionStatus;
  /** Counts persons, so to speak: whatever was kept for one generation must not be shown in the next. */
  readonly generation: number;
}

/** What tabs of one browser tell each other; tokens are never among it. */
export type SessionMessage = { readonly type: "signed-in"; readonly email: string } | { readonly type: "signed-out" };

/** What a session needs of the world around it. */
export interface SessionPorts {
  renew(): Promise<Grant>;
  signIn(credentials: Credentials): Promise<Grant>;
  signOut(): Promise<void>;
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
  #state: SessionState = { status: "restoring", generation: 0 };
  #token: { readonly value: string; readonly goodUntil: number } | undefined;
  #email: string | undefined;
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

  /** Whose session it is, if that is known yet. */
  readonly email = (): string | undefined => this.#email;

  /** Tells whose session it is, once the API has said so. */
  identify(email: string): void {
    this.#email = email.toLowerCase();
  }

  /** Tries the cookie of an earlier visit. Never fails: the outcome is the state. */
  async restore(): Promise<void> {
    if (this.#state.status === "signed-in" || this.#state.status === "expired") return;
    this.#become("restoring");
    await this.#renew().catch(() => this.#become("unreachable"));
  }

  /** @throws what the port throws, and then changes nothing */
  async signIn(credentials: Credentials): Promise<void> {
    const grant = await this.#ports.signIn(credentials);
    const email = credentials.email.trim().toLowerCase();
    const samePerson = this.#state.status === "expired" && email === this.#email;
    this.#turn += 1;
    this.#email = email;
    this.#accept(grant, samePerson ? this.#state.generation : this.#state.generation + 1);
    this.#ports.tell({ type: "signed-in", email });
  }

  /** @throws what the port throws, and then the session goes on */
  async signOut(): Promise<void> {
    await this.#ports.signOut();
    this.leave();
    this.#ports.tell({ type: "signed-out" });
  }

  /** Forgets the person in this tab, without a word to the API. */
  leave(): void {
    this.#forget();
    this.#become("signed-out");
  }

  /** What another tab says. */
  hear(message: SessionMessage): void {
    if (message.type === "signed-out") {
      this.leave();
      return;
    }
    if (message.email !== this.#email) {
      this.#forget();
      this.#become("restoring", this.#state.generation + 1);
    }
    // A renewal that is under way may still be about the session of before.
    this.#turn += 1;
    this.#renewal = undefined;
    this.#renew().catch(() => {
      if (this.#state.status === "restoring") this.#become("unreachable");
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
    if (response.status !== 401) return response;
    return send(input, init, await this.#usableToken(generation, token));
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
      if (turn === this.#turn) this.#accept(grant, this.#state.generation);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!this.#ports.isMissing(error)) throw error;
      const known = this.#state.status === "signed-in" || this.#state.status === "expired";
      this.#token = undefined;
      this.#become(known && this.#email !== undefined ? "expired" : "signed-out");
    }
  }

  #accept(grant: Grant, generation: number): void {
    const now = this.#ports.now();
    const goodUntil = Math.max(Date.parse(grant.expiresAt) - marginMs, now + marginMs);
    this.#token = { value: grant.accessToken, goodUntil };
    this.#become("signed-in", generation);
  }

  #forget(): void {
    this.#turn += 1;
    this.#renewal = undefined;
    this.#token = undefined;
    this.#email = undefined;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  #become(status: SessionStatus, generation = this.#state.generation): void {
    if (this.#state.status === status && this.#state.generation === generation) return;
    this.#state = { status, generation };
    for (const listener of [...this.#listeners]) listener();
  }
}

function send(input: RequestInfo | URL, init: RequestInit | undefined, token: string): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.set("authorization", `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}
