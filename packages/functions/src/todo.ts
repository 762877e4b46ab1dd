import { todoOperations } from "@daybook/core/todo/todo.api";
import * as todos from "@daybook/core/todo/todo.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentPage, presentTodo } from "./present.ts";

export const listTodos = handle(todoOperations.listTodos, async ({ actor, params, query }) =>
  presentPage(await todos.list(actor, params.listId, query), presentTodo),
);

export const createTodo = handle(todoOperations.createTodo, async ({ actor, params, body, clock }) => ({
  body: presentTodo(await todos.create(actor, params.listId, body, clock)),
}));

export const getTodo = handle(todoOperations.getTodo, async ({ actor, params }) => ({
  body: presentTodo(await todos.get(actor, params.listId, params.todoId)),
}));

export const updateTodo = handle(
  todoOperations.updateTodo,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentTodo(await todos.update(actor, params, body, clock, expectedVersions)),
  }),
);

export const deleteTodo = handle(todoOperations.deleteTodo, async ({ actor, params, expectedVersions }) => {
  await todos.remove(actor, params, expectedVersions);
  return {};
});
