import { useQuery } from "@tanstack/react-query";
import { session } from "./browser-session.ts";
import { userApi } from "./user-api.ts";

/** The person who is signed in. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { data } = await userApi.getMe({}, { signal });
      session.identify(data.email);
      return data;
    },
  });
}
