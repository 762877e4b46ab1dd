import { tabStorage } from "../../../lib/browser-storage.ts";

/**
 * State that the account pages share without putting it into the URL: the email address, when a code was mailed, and
 * the notice for the next page. The address and the time survive a reload of the tab. The password stays in memory: a
 * user who confirms without a reload does not type it again, and after a reload the page asks for it.
 */
export type Code = "confirmation" | "reset";
export type News = "confirmed" | "password-set";

const emailKey = "daybook.email";
const sentKey = (code: Code) => `daybook.${code}-sent`;

let password: { readonly email: string; readonly value: string } | undefined;
let news: News | undefined;

/** The email address that was typed last in this tab. */
export const rememberedEmail = (): string | undefined => tabStorage.read(emailKey);

/** @param email as typed; a changed address clears when codes were mailed to the previous one */
export function rememberEmail(email: string): void {
  if (email !== rememberedEmail()) replaceEmail(email);
}

function replaceEmail(email: string | undefined): void {
  tabStorage.write(emailKey, email);
  tabStorage.write(sentKey("confirmation"), undefined);
  tabStorage.write(sentKey("reset"), undefined);
}

/** Records that a code was mailed to the remembered address just now. */
export const markCodeSent = (code: Code): void => tabStorage.write(sentKey(code), String(Date.now()));

/** When a code was mailed to the remembered address, in milliseconds since the epoch. */
export function codeSentAt(code: Code): number | undefined {
  const sent = Number(tabStorage.read(sentKey(code)));
  return sent > 0 ? sent : undefined;
}

/** Remembers the address that the code is mailed to, and the password chosen for the account. */
export function rememberCredentials(credentials: { email: string; password: string }): void {
  rememberEmail(credentials.email);
  password = { email: credentials.email, value: credentials.password };
}

/** The remembered password for an address; undefined after a reload. */
export const rememberedPassword = (email: string): string | undefined =>
  password?.email === email ? password.value : undefined;

/** Clears all state but the notice. Called after signing in or deleting the account. */
export function forgetAccount(): void {
  password = undefined;
  replaceEmail(undefined);
}

/** Sets the notice that the sign-in page shows. */
export const leaveNews = (said: News): void => {
  news = said;
};

export const currentNews = (): News | undefined => news;

export const dropNews = (): void => {
  news = undefined;
};
