/**
 * What the pages of an account hand on to each other without writing it into an address: the email that was typed, when a code was
 * mailed, and the news for the next page. The first two survive a reload of the tab. A password stays in memory only: a person who
 * confirms straight away does not type it again, and after a reload the page asks for it.
 */
export type Code = "confirmation" | "reset";
export type News = "confirmed" | "password-set";

const emailKey = "daybook.email";
const sentKey = (code: Code) => `daybook.${code}-sent`;

let password: { readonly email: string; readonly value: string } | undefined;
let news: News | undefined;

/** The address that was typed last in this tab. */
export const rememberedEmail = (): string | undefined => read(emailKey);

/** @param email as it was typed; a code that was mailed to another address is none for this one */
export function rememberEmail(email: string): void {
  if (email === rememberedEmail()) return;
  write(emailKey, email);
  write(sentKey("confirmation"), undefined);
  write(sentKey("reset"), undefined);
}

/** Remembers that a code was mailed to the remembered address just now. */
export const markCodeSent = (code: Code): void => write(sentKey(code), String(Date.now()));

/** When a code was mailed to the remembered address, in milliseconds since the epoch. */
export function codeSentAt(code: Code): number | undefined {
  const sent = Number(read(sentKey(code)));
  return sent > 0 ? sent : undefined;
}

/** Remembers whose code comes next, and the password that the account gets with it. */
export function rememberCredentials(credentials: { email: string; password: string }): void {
  rememberEmail(credentials.email);
  password = { email: credentials.email, value: credentials.password };
}

/** The password that belongs to an address, unless the page was loaded anew since. */
export const rememberedPassword = (email: string): string | undefined =>
  password?.email === email ? password.value : undefined;

/** Forgets everything but the news: somebody is signed in, or has left. */
export function forgetAccount(): void {
  password = undefined;
  write(emailKey, undefined);
  write(sentKey("confirmation"), undefined);
  write(sentKey("reset"), undefined);
}

/** What the page that asks to sign in has to say first. */
export const leaveNews = (said: News): void => {
  news = said;
};

export const currentNews = (): News | undefined => news;

export const dropNews = (): void => {
  news = undefined;
};

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Storage that is switched off keeps nothing: the address is then asked for once more. */
function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {}
}
