import type { Graph, Statement } from "@daybook/local/graph/graph";
import { afterEach, describe, expect, it } from "vitest";
import { expectProblem, newUser, send, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud | undefined;
afterEach(() => cloud?.remove());

/** Returns the graph without one action in a function's permissions. */
function without(graph: Graph, functionName: string, action: string): Graph {
  const fn = graph.functions[functionName];
  if (!fn) throw new Error(`The graph has no ${functionName}`);
  const policy = (fn.policy ?? []).flatMap((statement): Statement[] => {
    const actions = [statement.Action ?? []].flat();
    const rest = actions.filter((each) => each !== action);
    return rest.length > 0 ? [{ ...statement, Action: rest }] : [];
  });
  return { ...graph, functions: { ...graph.functions, [functionName]: { ...fn, policy } } };
}

describe("a function without one of its permissions", () => {
  it("is denied by the database, and the log names the function, the action and the resource", async () => {
    cloud = await runCloud((graph) => without(graph, "CreateTodoFunction", "dynamodb:PutItem"));
    const user = await newUser(cloud.env);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    const answer = await send(cloud.env, "createTodo", { ...request, body: { title: "Buy milk" } });
    const problem = expectProblem(answer, "internal-error");
    expect(JSON.stringify(problem)).not.toContain("dynamodb");
    const line = cloud
      .log()
      .split("\n")
      .find((each) => each.includes("AccessDenied"));
    expect(line).toMatch(/CreateTodo.*dynamodb:PutItem.*arn:aws:dynamodb:[^ ]*:table\//);
    await succeed(cloud.env, "listTodos", request);
  });

  it("is denied by SES", async () => {
    cloud = await runCloud((graph) => without(graph, "WelcomeEmailFunction", "ses:SendEmail"));
    const user = await newUser(cloud.env);
    await cloud.streams.drained();
    expect(cloud.mailbox.list({ to: user.email }).map((mail) => mail.subject)).toHaveLength(1);
    expect(cloud.log()).toMatch(/WelcomeEmail.*ses:SendEmail.*arn:aws:ses:/);
  });
});
