import { useCallback, useEffect, useState } from "react";
import { SignedOutError } from "../session/session.ts";
import { userApi } from "../session/user-api.ts";

/** Whether signing in asks for a code, as far as that is known. */
export type SecondFactorState =
  | { readonly status: "pending" }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "success"; readonly enabled: boolean };

/** The second factor of whoever is signed in; `load` asks the API anew. */
export function useSecondFactor() {
  const [state, setState] = useState<SecondFactorState>({ status: "pending" });
  const setEnabled = (enabled: boolean) => setState({ status: "success", enabled });
  const load = useCallback(async () => {
    try {
      const { data } = await userApi.getSecondFactor();
      setState({ status: "success", enabled: data.enabled });
    } catch (error) {
      if (!(error instanceof SignedOutError)) setState({ status: "error", error });
    }
  }, []);
  useEffect(() => void load(), [load]);
  return { state, setEnabled, load };
}
