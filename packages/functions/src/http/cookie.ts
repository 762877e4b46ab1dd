import { readDeviceSecret } from "@daybook/core/attempt/attempt.caller";
import type { HttpEvent } from "./event.ts";

const name = "__Host-session";
const deviceName = "__Host-device";

// The prefix makes browsers insist on what follows: this host alone, secure, for every path.
const attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";

/** The cookie that a session is renewed with. */
export const sessionCookie = (value: string, seconds: number): string =>
  `${name}=${value}; Max-Age=${seconds}; ${attributes}`;

/** Makes the browser forget the cookie. */
export const clearedSessionCookie = `${name}=; Max-Age=0; ${attributes}`;

const read = ({ cookies = [] }: HttpEvent, name: string): string | undefined =>
  cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);

/** The value of the request's session cookie. */
export const readSessionCookie = (event: HttpEvent): string | undefined => read(event, name);

/** The cookie by which a browser is known to the accounts that have signed in with it. It outlives sessions, and opens nothing. */
export const deviceCookie = (secret: string): string =>
  `${deviceName}=${secret}; Max-Age=${365 * 24 * 60 * 60}; ${attributes}`;

/** The secret of the request's device cookie. */
export const readDeviceCookie = (event: HttpEvent): string | undefined => readDeviceSecret(read(event, deviceName));
