/** Where somebody was when they had to sign in; it survives a reload of the tab. */
const storageKey = "daybook.return";

/** Pages that are shown only to those who are signed in, and posts, which they may comment on; no other address is followed. */
const ours = /^\/((todos|write|account)(\?|$)|@[a-z0-9-]+\/[a-z0-9-]+([?#]|$))/;

/** @param part of the page that they were at, as `#write` */
export function rememberReturn(part = ""): void {
  try {
    sessionStorage.setItem(storageKey, location.pathname + location.search + part);
  } catch {
    // Storage that is switched off keeps nothing: after signing in, the todos are shown.
  }
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
