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
    summary: "List the todos of a list in order",
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
    summary: "Create a todo",
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
      description: "All todos updated",
      later:
        "Update started. The remaining todos of a long list are updated within minutes. Todos changed in the meantime are left as they are",
    },
    cache: "private",
    problems: ["list-not-found", "list-busy"],
  },
  deleteTodos: {
    method: "DELETE",
    path: collection,
    summary: "Delete all todos of a list, or only the completed ones",
    access: "user",
    params: ListParams,
    query: TodosDelete,
    response: {
      status: 204,
      description: "Todos deleted",
      later:
        "Deletion of completed todos started. The rest of a long list follows within minutes. Todos changed in the meantime are kept",
    },
    cache: "private",
    problems: ["list-not-found", "list-busy"],
  },
  getTodo: {
    method: "GET",
    path: item,
    summary: "Get a todo",
    access: "user",
    params: TodoParams,
    response: { status: 200, description: "The todo", body: Todo },
    cache: "private",
    problems: ["list-not-found", "todo-not-found"],
  },
  updateTodo: {
    method: "PATCH",
    path: item,
    summary: "Update a todo with a JSON merge patch. Send If-Match to require a version",
    access: "user",
    params: TodoParams,
    body: TodoUpdate,
    response: { status: 200, description: "The updated todo", body: Todo },
    cache: "private",
    problems: ["list-not-found", "todo-not-found", "version-conflict"],
  },
  deleteTodo: {
    method: "DELETE",
    path: item,
    summary: "Delete a todo. Send If-Match to require a version",
    access: "user",
    params: TodoParams,
    response: { status: 204, description: "Todo deleted" },
    cache: "private",
    problems: ["list-not-found", "todo-not-found", "version-conflict"],
  },
});
