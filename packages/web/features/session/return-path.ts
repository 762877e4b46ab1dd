/** Where somebody was when they had to sign in; it survives a reload of the tab. */
const storageKey = "daybook.return";

/** Where the form for comments is on the page of a post, and part of the address of the sign-in page for who comes to write there. */
export const formPart = "#write-comment";

/** Pages that are shown only to those who are signed in, and posts, which they may comment on; no other address is followed. */
const ours = /^\/((todos|write|account)(\?|$)|@[a-z0-9-]+\/[a-z0-9-]+([?#]|$))/;

function remember(path: string): void {
  try {
    sessionStorage.setItem(storageKey, path);
  } catch {
    // Storage that is switched off keeps nothing: after signing in, the todos are shown.
  }
}

export function rememberReturn(): void {
  remember(location.pathname + location.search);
}

/** Remembers the post from which somebody has come to the sign-in page in order to write a comment. */
export function rememberReferrer(): void {
  if (location.hash !== formPart || !URL.canParse(document.referrer)) return;
  const { origin, pathname, search } = new URL(document.referrer);
  if (origin === location.origin) remember(pathname + search + formPart);
}

/** What the address of the account page ends with for a person who has signed in with a recovery code. */
export const recoveredSearch = "?recovered";

/** Leads to another page after the sign-in that is under way. @returns undoes it, for a sign-in that fails */
export function divertReturn(path: string): () => void {
  const before = takeReturn();
  remember(path);
  return () => {
    takeReturn();
    if (before !== undefined) remember(before);
  };
}

/** @returns where to go after signing in, once */
export function takeReturn(): string | undefined {
  try {
    const path = sessionStorage.getItem(storageKey);
    sessionStorage.removeItem(storageKey);
    return path !== null && ours.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
