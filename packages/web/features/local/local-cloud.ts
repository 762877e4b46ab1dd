import { useSyncExternalStore } from "react";

/** What the local cloud tells a page of itself. */
export interface LocalCloud {
  readonly mailUrl: string;
  /** The account that `npm run seed` has made. */
  readonly demo?: { readonly email: string; readonly password: string };
}

const isLaptop = () => location.hostname === "localhost" || location.hostname === "127.0.0.1";
const never = () => () => {};

/** Whether the page may come from a laptop; a deployed one asks nothing. */
export const useOnLaptop = (): boolean => useSyncExternalStore(never, isLaptop, () => false);

const listeners = new Set<() => void>();
let cloud: LocalCloud | undefined;
let asked = false;

const isCloud = (about: unknown): about is LocalCloud =>
  typeof about === "object" && about !== null && "mailUrl" in about && typeof about.mailUrl === "string";

/** Asks once for all that want to know. Whatever is no local cloud gives another answer, or none. */
async function ask(): Promise<void> {
  asked = true;
  const about: unknown = await fetch("/__local").then((response) => response.json());
  if (!isCloud(about)) return;
  cloud = about;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked && isLaptop()) ask().catch(() => {});
  return () => listeners.delete(listener);
}

/** The local cloud that the page comes from; nothing while that is not known, and never anything where the product is deployed. */
export const useLocalCloud = (): LocalCloud | undefined =>
  useSyncExternalStore(
    subscribe,
    () => cloud,
    () => undefined,
  );
