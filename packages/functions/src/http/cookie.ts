import { readDeviceSecret } from "@daybook/core/attempt/attempt.caller";
import type { HttpEvent } from "./event.ts";

const name = "__Host-session";
const deviceName = "__Host-device";

// Browsers accept a cookie with this prefix only if it is secure, for this host and for every path.
const attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";

/** Returns the cookie that renews a session. */
export const sessionCookie = ({ value, seconds }: { readonly value: string; readonly seconds: number }): string =>
  `${name}=${value}; Max-Age=${seconds}; ${attributes}`;

/** Clears the session cookie. */
export const clearedSessionCookie = `${name}=; Max-Age=0; ${attributes}`;

const read = ({ cookies = [] }: HttpEvent, name: string): string | undefined =>
  cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);

/** Returns the value of the session cookie. */
export const readSessionCookie = (event: HttpEvent): string | undefined => read(event, name);

/**
 * Returns the cookie that identifies a browser to the accounts that have signed in with it. It outlives sessions and
 * grants no access.
 */
export const deviceCookie = (secret: string): string =>
  `${deviceName}=${secret}; Max-Age=${365 * 24 * 60 * 60}; ${attributes}`;

/** Returns the secret of the device cookie. */
export const readDeviceCookie = (event: HttpEvent): string | undefined => readDeviceSecret(read(event, deviceName));
