import { operations } from "@daybook/core/api";
import { createClient } from "@daybook/core/client";
import type { Person } from "./fixtures.ts";

/** The same user on another device: reads and changes the server's data by the API. */
export async function elsewhere({ email, password }: Person) {
  const baseUrl = process.env.DAYBOOK_URL ?? "";
  const { data } = await createClient(operations, { baseUrl }).createSession({ body: { email, password } });
  const api = createClient(operations, { baseUrl, accessToken: async () => data.accessToken });
  const [inbox] = (await api.listLists()).data;
  if (!inbox) throw new Error("Everybody has an inbox");
  const params = { listId: inbox.id };
  const all = async () => (await api.listTodos({ params })).data;
  return {
    // #region blog
    posts: async () => (await api.listMyPosts({ query: {} })).data.map(({ title }) => title),
    // #endregion blog
    titles: async () => (await all()).map(({ title }) => title),
    rename: async (from: string, title: string) => {
      const todo = (await all()).find((candidate) => candidate.title === from);
      if (todo) await api.updateTodo({ params: { ...params, todoId: todo.id }, body: { title } });
    },
    remove: async (title: string) => {
      const todo = (await all()).find((candidate) => candidate.title === title);
      if (todo) await api.deleteTodo({ params: { ...params, todoId: todo.id } });
    },
  };
}
