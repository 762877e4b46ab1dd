import { systemClock } from "@daybook/core/clock";
import { connect } from "@daybook/core/db/table";
import type { TestTable } from "@daybook/core/db/test-table";
import { newUser } from "@daybook/core/lifecycle/test-user";
import * as lists from "@daybook/core/list/list.service";
import { todoOperations } from "@daybook/core/todo/todo.api";
import * as todos from "@daybook/core/todo/todo.service";
import { publishPost } from "./blog-scene.ts";
import { httpEvent, secret } from "./http-event.ts";
import { type Scene, times } from "./scene.ts";

/** Configuration of the measured functions: what SST links, and the endpoints of the services. */
export function environmentOf(table: TestTable, endpoints: { dynamodb: string; ses: string }): Record<string, string> {
  const links = {
    App: { name: "daybook", stage: "bench" },
    TableName: { name: table.name },
    Origin: { url: "https://daybook.test" },
    OriginSecrets: { accepted: [secret] },
    UserPoolId: { value: "eu-west-1_bench" },
    Mail: { sender: "hello@daybook.test", configurationSet: "bench" },
    MediaName: { name: "media" },
  };
  return {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SESV2: endpoints.ses,
    ...Object.fromEntries(
      Object.entries(links).map(([name, value]) => [`SST_RESOURCE_${name}`, JSON.stringify(value)]),
    ),
  };
}

/** Seeds a table with the items of all scenes. */
export async function prepareAll(table: TestTable, scenes: readonly Scene[], events: number) {
  connect(() => table.name, table.config);
  const prepared = new Map<Scene, object[]>();
  for (const scene of scenes) prepared.set(scene, await scene.prepare(events));
  return prepared;
}

const clock = systemClock;

/** Returns a new user with the id of the user's inbox. */
async function newInbox() {
  const user = await newUser({ clock });
  const { items } = await lists.list(user, { limit: 1, cursor: undefined });
  const [inbox] = items;
  if (!inbox) throw new Error("A new user has no inbox");
  return { user, listId: inbox.id };
}

export const scenes: readonly Scene[] = [
  {
    name: "createTodo",
    functionName: "CreateTodoFunction",
    isHttp: true,
    async prepare(events) {
      const { user, listId } = await newInbox();
      return times(events, (index) =>
        httpEvent(user, todoOperations.createTodo, { params: { listId }, body: { title: `Buy ${index} apples` } }),
      );
    },
  },
  {
    name: "listTodos",
    functionName: "ListTodosFunction",
    isHttp: true,
    async prepare(events) {
      const { user, listId } = await newInbox();
      for (const index of times(100, (each) => each))
        await todos.create(user, listId, { title: `Buy ${index} apples`, notes: "From the market" });
      return times(events, () =>
        httpEvent(user, todoOperations.listTodos, { params: { listId }, query: { limit: "100" } }),
      );
    },
  },
  publishPost,
  {
    name: "welcome email",
    functionName: "WelcomeEmailFunction",
    isHttp: false,
    async prepare(events) {
      const users = await Promise.all(times(events, () => newUser({ clock })));
      return users.map(({ actor }) => ({
        Records: [{ eventName: "INSERT", dynamodb: { SequenceNumber: "1", NewImage: { id: { S: actor.userId } } } }],
      }));
    },
  },
];
