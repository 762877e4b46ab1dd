/**
 * The account that waits for its confirmation code. The address survives a reload in this tab; the password stays in memory only, so
 * that a person who confirms straight away is signed in without typing it again.
 */
const storageKey = "daybook.confirming";

let password: { readonly email: string; readonly value: string } | undefined;

/** Remembers whose code comes next. */
export function rememberPendingAccount(account: { email: string; password: string }): void {
  sessionStorage.setItem(storageKey, account.email);
  password = { email: account.email, value: account.password };
}

/** The address that a code was sent to, if this tab knows. */
export const pendingEmail = (): string | undefined => sessionStorage.getItem(storageKey) ?? undefined;

/** The password that belongs to an address, unless the page was loaded anew since. */
export const pendingPassword = (email: string): string | undefined =>
  password?.email === email ? password.value : undefined;

export function forgetPendingAccount(): void {
  sessionStorage.removeItem(storageKey);
  password = undefined;
}

let confirmed: string | undefined;

/** The account is confirmed, and its owner has yet to sign in. */
export function markConfirmed(email: string): void {
  forgetPendingAccount();
  confirmed = email;
}

/** The address that was confirmed a moment ago, for the page that asks to sign in. */
export const confirmedEmail = (): string | undefined => confirmed;
