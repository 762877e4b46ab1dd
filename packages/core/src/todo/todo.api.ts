import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { ListId, TodoId } from "../ids.ts";
import { Todo, TodoCreate, TodosDelete, TodosUpdate, TodoUpdate } from "./todo.ts";

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
    idempotent: true,
    cache: "private",
    problems: ["list-not-found"],
  },
  updateTodos: {
    method: "PATCH",
    path: collection,
    summary: "Complete or reopen all todos of a list",
    access: "user",
    params: ListParams,
    body: TodosUpdate,
    response: {
      status: 204,
      description: "All todos are so now",
      later: "The list is long: the rest of its todos follow within minutes. What is changed meanwhile stays so",
    },
    cache: "private",
    problems: ["list-not-found", "list-busy"],
  },
  deleteTodos: {
    method: "DELETE",
    path: collection,
    summary: "Empty a list, or delete its completed todos",
    access: "user",
    params: ListParams,
    query: TodosDelete,
    response: {
      status: 204,
      description: "They are gone",
      later:
        "Only with `completed=true`, and when the list is long: the rest follow within minutes. What is changed meanwhile stays",
    },
    cache: "private",
    problems: ["list-not-found", "list-busy"],
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
