import { tabStorage } from "../../lib/browser-storage.ts";

/** Path to return to after sign-in. It survives a reload of the tab. */
const storageKey = "daybook.return";

/** Allowed return paths: pages that require sign-in. Prevents open redirects. */
const ours = [
  /^\/(todos|account)(\?|$)/,
  /^\/(write(\?|$)|@[a-z0-9-]+\/[a-z0-9-]+([?#]|$))/, // #blog
];

const remember = (path: string) => tabStorage.write(storageKey, path);

export const rememberReturn = (): void => remember(location.pathname + location.search);

// #region blog
/** Fragment of the comment form on a post. The sign-in link carries it, too, so that sign-in returns to the form. */
export const formPart = "#write-comment";

/** Remembers the post from which the reader followed the sign-in link of the comment form. */
export function rememberReferrer(): void {
  if (location.hash !== formPart || !URL.canParse(document.referrer)) return;
  const { origin, pathname, search } = new URL(document.referrer);
  if (origin === location.origin) remember(pathname + search + formPart);
}
// #endregion blog

/** Query string of the account page after sign-in with a recovery code. */
export const recoveredSearch = "?recovered";

/** Returns the path to go to after sign-in, once. Later calls return undefined. */
export function takeReturn(): string | undefined {
  const path = tabStorage.read(storageKey);
  tabStorage.write(storageKey, undefined);
  return path !== undefined && ours.some((form) => form.test(path)) ? path : undefined;
}
