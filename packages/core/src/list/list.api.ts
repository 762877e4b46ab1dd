import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { ListId } from "../ids.ts";
import { List, ListCreate, ListUpdate } from "./list.ts";

const item = "/v1/lists/{listId}";
/** The count of a list follows its todos, and is not a change of the list. */
const derived = ["openTodos"];
const ListParams = z.strictObject({ listId: ListId });

export const listOperations = defineOperations({
  listLists: {
    method: "GET",
    path: "/v1/lists",
    summary: "The lists of the signed-in user: the inbox, then the others, oldest first",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of lists", body: z.array(List), paged: true },
    cache: "private",
    problems: ["user-not-found"],
  },
  createList: {
    method: "POST",
    path: "/v1/lists",
    summary: "Make a list",
    access: "user",
    body: ListCreate,
    response: { status: 201, description: "The new list", body: List, derived },
    idempotent: true,
    cache: "private",
    problems: ["user-not-found"],
  },
  getList: {
    method: "GET",
    path: item,
    summary: "One list",
    access: "user",
    params: ListParams,
    response: { status: 200, description: "The list", body: List, derived },
    cache: "private",
    problems: ["list-not-found"],
  },
  updateList: {
    method: "PATCH",
    path: item,
    summary: "Rename a list (JSON merge patch); with If-Match only the version that the caller knows",
    access: "user",
    params: ListParams,
    body: ListUpdate,
    response: { status: 200, description: "The changed list", body: List, derived },
    cache: "private",
    problems: ["list-not-found", "version-conflict"],
  },
  deleteList: {
    method: "DELETE",
    path: item,
    summary: "Delete a list with all its todos; with If-Match only the version that the caller knows",
    access: "user",
    params: ListParams,
    response: { status: 204, description: "It is gone, and so are its todos" },
    cache: "private",
    problems: ["list-not-found", "inbox-required", "version-conflict"],
  },
});
