import { randomUUID } from "node:crypto";
import { type OperationId, operations } from "@daybook/core/api";
import type { Operation, Output } from "@daybook/core/contract/operation";
import { type ProblemCode, problems, problemType } from "@daybook/core/contract/problem";
import { ProblemDetails } from "@daybook/core/contract/problem-details";
import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import { expect } from "vitest";
import * as z from "zod";
import { recordProblem } from "../scripts/lib/problems.ts";

/** The environment of a running local cloud, as in aws.env. */
export type CloudEnv = Readonly<Record<string, string>>;

/** Returns a variable of aws.env. Throws if it is missing. */
export function variable(env: CloudEnv, name: string): string {
  const value = env[name];
  if (value === undefined) throw new Error(`${name} is not in aws.env`);
  return value;
}

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent unchanged. */
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Returns the URL of an operation. Parameters are not validated, so tests can use invalid ones. */
export function urlOf(
  env: CloudEnv,
  id: OperationId,
  { params = {}, query = {} }: Pick<Call, "params" | "query">,
): URL {
  const path = operations[id].path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? `missing-${name}`),
  );
  const url = new URL(path, variable(env, "DAYBOOK_URL"));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** Sends a request for an operation through the edge, and returns the response with any status. */
export async function send(env: CloudEnv, id: OperationId, call: Call = {}): Promise<Answer> {
  const { body, token, cookie, headers } = call;
  const response = await fetch(urlOf(env, id, call), {
    method: operations[id].method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(cookie !== undefined && { cookie, origin: variable(env, "DAYBOOK_URL") }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "");
  const answer = { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
  recordProblem(id, answer.body);
  return answer;
}

/** Sends a request that must succeed, and validates the response strictly against the contract. */
export async function succeed<Id extends OperationId>(
  env: CloudEnv,
  id: Id,
  call: Call = {},
): Promise<Answer<Output<(typeof operations)[Id]>>> {
  const operation: Operation = operations[id];
  const answer = await send(env, id, call);
  expect(answer, `${id} ${JSON.stringify(answer.body)}`).toMatchObject({ status: operation.response.status });
  const schema = operation.response.body ?? z.literal("");
  // The assertion is needed because the type `Operation` does not relate the schema to the id.
  return {
    ...answer,
    body: (schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema).parse(
      answer.body,
    ) as Output<(typeof operations)[Id]>,
  };
}

/** Asserts that a response is this problem, in the format of RFC 9457. */
export function expectProblem(answer: Answer, code: ProblemCode): ProblemDetails {
  expect(answer.body).toMatchObject({
    type: problemType(code),
    status: problems[code].status,
    title: problems[code].title,
  });
  expect(answer.status).toBe(problems[code].status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return ProblemDetails.strict().parse(answer.body);
}

const StoredMail = z.object({
  subject: z.string(),
  destination: z.object({ to: z.array(z.string()) }),
  body: z.object({ html: z.string().optional(), text: z.string().optional() }),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});
const Store = z.object({ emails: z.array(StoredMail) });
export type StoredMail = z.output<typeof StoredMail>;

/** Returns all emails to an address, oldest first. */
export async function mailTo(env: CloudEnv, address: string): Promise<StoredMail[]> {
  const response = await fetch(new URL(`/store?to=${encodeURIComponent(address)}`, variable(env, "DAYBOOK_MAIL_URL")));
  return Store.parse(await response.json()).emails;
}

/** Returns the newest confirmation code that was mailed to an address. */
export async function codeFor(env: CloudEnv, address: string): Promise<string> {
  const mails = await mailTo(env, address);
  const codes = mails.flatMap((mail) => /\b\d{6}\b/.exec(mail.body.text ?? mail.body.html ?? "") ?? []);
  const code = codes.at(-1);
  if (code === undefined) throw new Error(`No code was mailed to ${address}`);
  return code;
}

export const newEmail = () => `person-${randomUUID()}@example.com`;
export const password = "correct horse battery staple";

/** Returns the name and value of the session cookie that a response sets. */
export function sessionCookie(answer: Answer): string {
  const [cookie = ""] = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  return cookie;
}

export interface TestUser {
  readonly email: string;
  readonly token: string;
  readonly cookie: string;
  readonly inbox: List;
}

/** Creates and confirms an account through the API and the mailbox. */
export async function newAccount(env: CloudEnv): Promise<{ email: string }> {
  const email = newEmail();
  await succeed(env, "signUp", { body: { email, password } });
  await succeed(env, "confirmAccount", { body: { email, code: await codeFor(env, email), password } });
  return { email };
}

/** Creates a user who is signed in. */
export async function newUser(env: CloudEnv): Promise<TestUser> {
  const { email } = await newAccount(env);
  const session = await succeed(env, "createSession", { body: { email, password } });
  const token = session.body.accessToken;
  const lists = await succeed(env, "listLists", { token });
  const inbox = lists.body.find((list) => list.kind === "inbox");
  if (!inbox) throw new Error("A new user has no inbox");
  return { email, token, cookie: sessionCookie(session), inbox };
}

/** Creates a todo in the user's inbox. */
export async function newTodo(
  env: CloudEnv,
  user: TestUser,
  body: Record<string, unknown> = { title: "Buy milk" },
): Promise<Todo> {
  const answer = await succeed(env, "createTodo", { token: user.token, params: { listId: user.inbox.id }, body });
  return answer.body;
}
