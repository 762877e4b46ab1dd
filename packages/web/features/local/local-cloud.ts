import { useSyncExternalStore } from "react";
import { observable } from "../../lib/observable.ts";

/** The information that the local cloud gives to pages. */
export interface LocalCloud {
  readonly mailUrl: string;
  /** The account that `npm run seed` creates. */
  readonly demo?: { readonly email: string; readonly password: string };
}

const isLaptop = () => location.hostname === "localhost" || location.hostname === "127.0.0.1";
const never = () => () => {};

/** Whether the page's host is a developer's machine. Deployed pages send no request to find out. */
export const useOnLaptop = (): boolean => useSyncExternalStore(never, isLaptop, () => false);

const cloud = observable<LocalCloud | undefined>(undefined);
let asked = false;

const isCloud = (about: unknown): about is LocalCloud =>
  typeof about === "object" && about !== null && "mailUrl" in about && typeof about.mailUrl === "string";

/** Sends one request for all subscribers. If the server is not a local cloud, the response differs or fails. */
async function ask(): Promise<void> {
  asked = true;
  const about: unknown = await fetch("/__local").then((response) => response.json());
  if (isCloud(about)) cloud.set(about);
}

function subscribe(listener: () => void): () => void {
  if (!asked && isLaptop()) ask().catch(() => {});
  return cloud.subscribe(listener);
}

/** The local cloud that serves the page; undefined until it has answered, and always undefined on deployed pages. */
export const useLocalCloud = (): LocalCloud | undefined => useSyncExternalStore(subscribe, cloud.get, () => undefined);
