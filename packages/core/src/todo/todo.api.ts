import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { ListId, TodoId } from "../ids.ts";
import { Todo, TodoCreate, TodoUpdate } from "./todo.ts";

const collection = "/v1/lists/{listId}/todos";
const item = `${collection}/{todoId}` as const;
const ListParams = z.strictObject({ listId: ListId });
const TodoParams = z.strictObject({ listId: ListId, todoId: TodoId });

export const todoOperations = defineOperations({
  listTodos: {
    method: "GET",
    path: collection,
    summary: "The todos of a list, in their order",
    access: "user",
    params: ListParams,
    query: PageQuery,
    response: { status: 200, description: "A page of todos", body: z.array(Todo), paged: true },
    cache: "private",
    problems: ["list-not-found"],
  },
  createTodo: {
    method: "POST",
    path: collection,
    summary: "Add a todo to a list",
    access: "user",
    params: ListParams,
    body: TodoCreate,
    response: { status: 201, description: "The new todo", body: Todo },
    cache: "private",
    problems: ["list-not-found"],
  },
  getTodo: {
    method: "GET",
    path: item,
    summary: "One todo",
    access: "user",
    params: TodoParams,
    response: { status: 200, description: "The todo", body: Todo },
    cache: "private",
    problems: ["list-not-found", "todo-not-found"],
  },
  updateTodo: {
    method: "PATCH",
    path: item,
    summary: "Change a todo (JSON merge patch); with If-Match only the version that the caller knows",
    access: "user",
    params: TodoParams,
    body: TodoUpdate,
    response: { status: 200, description: "The changed todo", body: Todo },
    cache: "private",
    problems: ["list-not-found", "todo-not-found", "version-conflict"],
  },
  deleteTodo: {
    method: "DELETE",
    path: item,
    summary: "Delete a todo; with If-Match only the version that the caller knows",
    access: "user",
    params: TodoParams,
    response: { status: 204, description: "It is gone" },
    cache: "private",
    problems: ["list-not-found", "todo-not-found", "version-conflict"],
  },
});
