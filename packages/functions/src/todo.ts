import * as lists from "@daybook/core/list/list.service";
import { todoOperations } from "@daybook/core/todo/todo.api";
import * as collection from "@daybook/core/todo/todo.collection";
import * as todos from "@daybook/core/todo/todo.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentPage, presentTodo } from "./present/present.ts";

export const listTodos = handle(todoOperations.listTodos, async ({ actor, params, query }) =>
  presentPage(await todos.list(actor, params.listId, query), presentTodo),
);

export const createTodo = handle(todoOperations.createTodo, async ({ actor, params, body, clock, request }) => ({
  body: presentTodo(await todos.create(actor, params.listId, body, clock, request)),
}));

export const updateTodos = handle(todoOperations.updateTodos, async ({ actor, params, body, clock }) =>
  collection.complete(actor, params.listId, body.completed, clock),
);

export const deleteTodos = handle(todoOperations.deleteTodos, async ({ actor, params, query, clock }) => {
  if (query.completed) return collection.removeCompleted(actor, params.listId, clock);
  await lists.empty(actor, params.listId);
  return { unfinished: false };
});

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
