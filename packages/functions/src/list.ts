import { listOperations } from "@daybook/core/list/list.api";
import * as lists from "@daybook/core/list/list.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { withUser } from "./identity.ts";
import { presentList, presentPage } from "./present/present.ts";

export const listLists = handle(
  listOperations.listLists,
  withUser(async ({ ctx, query }) => presentPage(await lists.list(ctx, query), presentList)),
);

export const createList = handle(
  listOperations.createList,
  withUser(async ({ ctx, body }) => ({ body: presentList(await lists.create(ctx, body)) })),
);

export const getList = handle(listOperations.getList, async ({ ctx, params }) => ({
  body: presentList(await lists.get(ctx, params.listId)),
}));

export const updateList = handle(listOperations.updateList, async ({ ctx, params, body }) => ({
  body: presentList(await lists.update(ctx, params.listId, body)),
}));

export const deleteList = handle(listOperations.deleteList, ({ ctx, params }) => lists.remove(ctx, params.listId));
