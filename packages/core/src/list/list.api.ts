import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { List } from "./list.ts";

export const listOperations = defineOperations({
  listLists: {
    method: "GET",
    path: "/v1/lists",
    summary: "The lists of the signed-in user, oldest first",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of lists", body: z.array(List), paged: true },
    cache: "private",
    problems: ["user-not-found"],
  },
});
