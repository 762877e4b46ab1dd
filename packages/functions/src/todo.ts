import * as lists from "@daybook/core/list/list.service";
import { todoOperations } from "@daybook/core/todo/todo.api";
import * as collection from "@daybook/core/todo/todo.collection";
import * as todos from "@daybook/core/todo/todo.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentPage, presentTodo } from "./present/present.ts";

export const listTodos = handle(todoOperations.listTodos, async ({ ctx, params, query }) =>
  presentPage(await todos.list(ctx, params.listId, query), presentTodo),
);

export const createTodo = handle(todoOperations.createTodo, async ({ ctx, params, body }) => ({
  body: presentTodo(await todos.create(ctx, params.listId, body)),
}));

export const updateTodos = handle(todoOperations.updateTodos, async ({ ctx, params, body }) =>
  collection.complete(ctx, params.listId, body.completed),
);

export const deleteTodos = handle(todoOperations.deleteTodos, async ({ ctx, params, query }) => {
  if (query.completed) return collection.removeCompleted(ctx, params.listId);
  await lists.empty(ctx, params.listId);
  return { unfinished: false };
});

export const getTodo = handle(todoOperations.getTodo, async ({ ctx, params }) => ({
  body: presentTodo(await todos.get(ctx, params.listId, params.todoId)),
}));

export const updateTodo = handle(todoOperations.updateTodo, async ({ ctx, params, body }) => ({
  body: presentTodo(await todos.update(ctx, params, body)),
}));

export const deleteTodo = handle(todoOperations.deleteTodo, ({ ctx, params }) => todos.remove(ctx, params));
