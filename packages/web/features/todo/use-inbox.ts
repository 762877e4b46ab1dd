import { useQuery } from "@tanstack/react-query";
import { userApi } from "../session/user-api.ts";

/** The list that every person has. */
export function useInbox() {
  return useQuery({
    queryKey: ["inbox"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { data } = await userApi.listLists({}, { signal });
      const inbox = data.find(({ kind }) => kind === "inbox");
      if (!inbox) throw new Error("The API lists no inbox, though every person has one");
      return inbox;
    },
  });
}
