import type { SecondFactor } from "@daybook/core/account/account";
import { useCallback, useEffect, useState } from "react";
import { SignedOutError } from "../../session/session.ts";
import { userApi } from "../../session/user-api.ts";

/** Whether the second factor is enabled, and the number of unused recovery codes. */
type State =
  | { readonly status: "pending" }
  | { readonly status: "error"; readonly error: unknown }
  | ({ readonly status: "success" } & SecondFactor);

/** Loads the second-factor state of the signed-in user; `load` fetches it again. */
export function useSecondFactor() {
  const [state, setState] = useState<State>({ status: "pending" });
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
