import type { Page } from "@daybook/core/contract/page";
import type { List } from "@daybook/core/list/list";
import type { ListRecord } from "@daybook/core/list/list.repository";
import type { Todo } from "@daybook/core/todo/todo";
import type { TodoRecord } from "@daybook/core/todo/todo.repository";
import type { User } from "@daybook/core/user/user";
import type { ProfileRecord } from "@daybook/core/user/user.repository";
import { resources } from "./resources.ts";

/** A user as the API shows it: with its absolute address. */
export const presentUser = (user: ProfileRecord): User => ({ ...user, url: `${resources.origin()}/v1/me` });

/** A list as the API shows it; who owns it and where its todos are stored stays inside. */
export const presentList = ({ ownerId: _, epoch: __, ...list }: ListRecord): List => ({
  ...list,
  url: `${resources.origin()}/v1/lists/${list.id}`,
});

/** A todo as the API shows it. */
export const presentTodo = (todo: TodoRecord): Todo => ({
  ...todo,
  url: `${resources.origin()}/v1/lists/${todo.listId}/todos/${todo.id}`,
});

/** A page as the answer of an operation. */
export const presentPage = <Stored, Shown>({ items, next }: Page<Stored>, present: (item: Stored) => Shown) => ({
  body: items.map(present),
  next,
});
