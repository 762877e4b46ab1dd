import { useCallback, useEffect, useState } from "react";
import { SignedOutError } from "../../session/session.ts";
import { userApi } from "../../session/user-api.ts";

/** Whether the second factor is enabled, and the number of unused recovery codes. */
export type SecondFactorState =
  | { readonly status: "pending" }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "success"; readonly enabled: boolean; readonly recoveryCodesLeft: number };

/** Loads the second-factor state of the signed-in user; `load` fetches it again. */
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
