import type { HttpEvent } from "./event.ts";

const name = "__Host-session";

// The prefix makes browsers insist on what follows: this host alone, secure, for every path.
const attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";

/** The cookie that a session is renewed with. */
export const sessionCookie = (value: string, seconds: number): string =>
  `${name}=${value}; Max-Age=${seconds}; ${attributes}`;

/** Makes the browser forget the cookie. */
export const clearedSessionCookie = `${name}=; Max-Age=0; ${attributes}`;

/** The value of the request's session cookie. */
export const readSessionCookie = ({ cookies = [] }: HttpEvent): string | undefined =>
  cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
