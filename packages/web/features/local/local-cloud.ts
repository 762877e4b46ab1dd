import { useEffect, useState } from "react";
import { useHydrated } from "../../lib/hydrated.ts";

/** The information that the local cloud gives to pages. */
export interface LocalCloud {
  readonly mailUrl: string;
  /** The account that `npm run seed` creates. */
  readonly demo?: { readonly email: string; readonly password: string };
}

const isLaptop = () => location.hostname === "localhost" || location.hostname === "127.0.0.1";

/** Whether the page's host is a developer's machine. Deployed pages send no request to find out. */
export const useOnLaptop = (): boolean => useHydrated() && isLaptop();

const isCloud = (about: unknown): about is LocalCloud =>
  typeof about === "object" && about !== null && "mailUrl" in about && typeof about.mailUrl === "string";

/** One request for all components. If the server is not a local cloud, the response differs or fails. */
let asked: Promise<unknown> | undefined;
const ask = () => fetch("/__local").then((response) => response.json());

/** The local cloud that serves the page; undefined until it has answered, and always undefined on deployed pages. */
export function useLocalCloud(): LocalCloud | undefined {
  const [cloud, setCloud] = useState<LocalCloud>();
  useEffect(() => {
    if (!isLaptop()) return;
    asked ??= ask().catch(() => undefined);
    void asked.then((about) => isCloud(about) && setCloud(about));
  }, []);
  return cloud;
}
