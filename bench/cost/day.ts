import { operations } from "@daybook/core/api";
import { type Client, createClient } from "@daybook/core/client";
import * as z from "zod";

/** Addresses of the measured cloud. */
export interface Place {
  readonly url: string;
  readonly mailUrl: string;
}

/** A user who uses the product through its public API, as the web app does. */
export interface Person {
  readonly client: Client;
  /** Opens the app: makes the requests that precede the first screen. */
  open(): Promise<void>;
}

const Mails = z.array(z.object({ code: z.string().optional() }));
const password = "correct horse battery staple";

/** Signs up, confirms with the code in the mailbox, signs in, and creates two lists besides the inbox. */
export async function signUp({ url, mailUrl }: Place, email: string, browser: typeof fetch): Promise<Person> {
  let token: string | undefined;
  let cookie = "";
  const client = createClient(operations, { baseUrl: url, accessToken: async () => token, fetch: browser });
  const signedIn = ({ data, headers }: Awaited<ReturnType<Client["createSession"]>>) => {
    token = data.accessToken;
    cookie = headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
  };

  await client.signUp({ body: { email, password } });
  const mails = Mails.parse(await (await fetch(`${mailUrl}/mails?to=${encodeURIComponent(email)}`)).json());
  const code = mails.find((mail) => mail.code !== undefined)?.code ?? "";
  await client.confirmAccount({ body: { email, code, password } });
  signedIn(await client.createSession({ body: { email, password } }));
  for (const name of ["Groceries", "Work"]) await client.createList({ body: { name } });

  return {
    client,
    async open() {
      signedIn(await client.refreshSession({}, { headers: { cookie, origin: url } }));
      await client.getMe();
      const [list] = (await client.listLists()).data;
      if (list) await client.listTodos({ params: { listId: list.id } });
    },
  };
}

/** Simulates a day of an active user: three visits, a look at a second list, and ten changes. */
export async function spendDay({ client, open }: Person): Promise<void> {
  await open();
  const [first, second] = (await client.listLists()).data;
  if (!first || !second) throw new Error("A new person has an inbox and two lists.");
  const todos = [];
  for (const [place, title] of ["Buy oat milk", "Ring the dentist", "Answer Tom", "Pay the rent"].entries()) {
    const params = { listId: place < 2 ? first.id : second.id };
    todos.push((await client.createTodo({ params, body: { title, dueDate: place === 1 ? "2026-12-01" : null } })).data);
  }
  await open();
  await client.listTodos({ params: { listId: second.id } });
  for (const { listId, id: todoId } of todos.slice(0, 3)) {
    await client.updateTodo({ params: { listId, todoId }, body: { completed: true } });
  }
  await open();
  for (const { listId, id: todoId, order } of todos.slice(3)) {
    const params = { listId, todoId };
    await client.updateTodo({ params, body: { title: "Pay the rent and the gas" } });
    await client.updateTodo({ params, body: { order: order + 1 } });
    await client.deleteTodo({ params });
  }
}
