import { listOperations } from "@daybook/core/list/list.api";
import * as lists from "@daybook/core/list/list.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { emailSource } from "./identity.ts";
import { presentList, presentPage } from "./present.ts";

export const listLists = handle(listOperations.listLists, async ({ actor, query, accessToken, clock }) =>
  presentPage(await lists.list(actor, query, emailSource(accessToken), clock), presentList),
);
