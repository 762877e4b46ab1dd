import { useCallback, useEffect, useState } from "react";
import { SignedOutError } from "../../session/session.ts";
import { userApi } from "../../session/user-api.ts";

/** Whether signing in asks for a code, as far as that is known, and how many recovery codes are left. */
export type SecondFactorState =
  | { readonly status: "pending" }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "success"; readonly enabled: boolean; readonly recoveryCodesLeft: number };

/** The second factor of whoever is signed in; `load` asks the API anew. */
export function useSecondFactor() {
  const [state, setState] = useState<SecondFactorState>({ status: "pending" });
  const change = (enabled: boolean, recoveryCodesLeft: number) =>
    setState({ status: "success", enabled, recoveryCodesLeft });
  const load = useCallback(async () => {
    try {
      const { data } = await userApi.getSecondFactor();
      setState({ status: "success", ...data });
    } catch (error) {
      if (!(error instanceof SignedOutError)) setState({ status: "error", error });
    }
  }, []);
  useEffect(() => void load(), [load]);
  return { state, change, load };
}
