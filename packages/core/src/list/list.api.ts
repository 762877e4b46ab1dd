import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { ListId } from "../ids.ts";
import { List, ListCreate, ListUpdate } from "./list.ts";

const item = "/v1/lists/{listId}";
/** Included in the ETag, but changing it does not change the list's version. */
const derived = ["openTodos"];
const ListParams = z.strictObject({ listId: ListId });

export const listOperations = defineOperations({
  listLists: {
    method: "GET",
    path: "/v1/lists",
    summary: "List the user's lists: the inbox first, then the others from oldest to newest",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of lists", body: z.array(List), paged: true },
    cache: "private",
    problems: ["user-not-found"],
  },
  createList: {
    method: "POST",
    path: "/v1/lists",
    summary: "Create a list",
    access: "user",
    body: ListCreate,
    response: { status: 201, description: "The new list", body: List, derived },
    idempotent: true,
    cache: "private",
    problems: ["user-not-found", "too-many-requests"],
  },
  getList: {
    method: "GET",
    path: item,
    summary: "Get a list",
    access: "user",
    params: ListParams,
    response: { status: 200, description: "The list", body: List, derived },
    cache: "private",
    problems: ["list-not-found"],
  },
  updateList: {
    method: "PATCH",
    path: item,
    summary: "Rename a list with a JSON merge patch. Send If-Match to require a version",
    access: "user",
    params: ListParams,
    body: ListUpdate,
    response: { status: 200, description: "The updated list", body: List, derived },
    cache: "private",
    problems: ["list-not-found", "version-conflict"],
  },
  deleteList: {
    method: "DELETE",
    path: item,
    summary: "Delete a list and all its todos. Send If-Match to require a version",
    access: "user",
    params: ListParams,
    response: { status: 204, description: "List and todos deleted" },
    cache: "private",
    problems: ["list-not-found", "inbox-required", "version-conflict"],
  },
});
