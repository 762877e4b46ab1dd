import { listOperations } from "@daybook/core/list/list.api";
import * as lists from "@daybook/core/list/list.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { emailSource } from "./identity.ts";
import { presentList, presentPage } from "./present/present.ts";

export const listLists = handle(listOperations.listLists, async ({ actor, query, clock }) =>
  presentPage(await lists.list(actor, query, emailSource(actor), clock), presentList),
);

export const createList = handle(listOperations.createList, async ({ actor, body, clock, request }) => ({
  body: presentList(await lists.create(actor, body, emailSource(actor), clock, request)),
}));

export const getList = handle(listOperations.getList, async ({ actor, params }) => ({
  body: presentList(await lists.get(actor, params.listId)),
}));

export const updateList = handle(
  listOperations.updateList,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentList(await lists.update(actor, params.listId, body, clock, expectedVersions)),
  }),
);

export const deleteList = handle(listOperations.deleteList, async ({ actor, params, expectedVersions }) => {
  await lists.remove(actor, params.listId, expectedVersions);
  return {};
});
