import { useLayoutEffect, useState } from "react";
import { rememberedEmail } from "./pending-account.ts";

/** The address that was typed on an earlier page; undefined on the server. Typing on this page does not change it. */
export function useRememberedEmail(): string | undefined {
  const [email, setEmail] = useState<string>();
  useLayoutEffect(() => setEmail(rememberedEmail()), []);
  return email;
}
