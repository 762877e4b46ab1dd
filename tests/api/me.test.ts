import { describe, expect, inject, it } from "vitest";
import { codeFor, expectProblem, newTodo, newUser, password, send, succeed } from "../fixtures.ts";

const cloud = inject("cloud");

describe("PATCH /v1/me", () => {
  it("changes the name, and null clears it", async () => {
    const { token, email } = await newUser(cloud);
    const before = await succeed(cloud, "getMe", { token });
    expect(before.body).toMatchObject({ name: null, version: 1 });
    const named = await succeed(cloud, "updateMe", { token, body: { name: "  Ada 👩‍💻 " } });
    expect(named.body).toMatchObject({ id: before.body.id, name: "Ada 👩‍💻", email, version: 2 });
    expect(named.headers.get("etag")).toBe('"2"');
    expect((await succeed(cloud, "getMe", { token })).body).toEqual(named.body);
    const headers = { "content-type": "application/merge-patch+json" };
    const unnamed = await succeed(cloud, "updateMe", { token, headers, body: { name: null } });
    expect(unnamed.body).toMatchObject({ name: null, version: 3 });
  });

  it.each(["\u200b\u200d", "\u3164", "\u202e\u202c", "\u0000"])(
    "refuses the name %j, which shows nothing",
    async (name) => {
      const { token } = await newUser(cloud);
      expectProblem(await send(cloud, "updateMe", { token, body: { name } }), "validation-failed");
    },
  );

  // #region blog
  it("clears the bio with null", async () => {
    const { token } = await newUser(cloud);
    expect((await succeed(cloud, "updateMe", { token, body: { bio: "Writes." } })).body.bio).toBe("Writes.");
    expect((await succeed(cloud, "updateMe", { token, body: { bio: null } })).body.bio).toBe("");
  });

  it("turns emails about comments off and on", async () => {
    const { token } = await newUser(cloud);
    expect((await succeed(cloud, "getMe", { token })).body.commentEmails).toBe(true);
    const off = await succeed(cloud, "updateMe", { token, body: { commentEmails: false } });
    expect(off.body).toMatchObject({ commentEmails: false, version: 2 });
    expect((await succeed(cloud, "getMe", { token })).body).toEqual(off.body);
    const again = { token, body: { commentEmails: true }, headers: { "if-match": '"1"' } };
    expectProblem(await send(cloud, "updateMe", again), "version-conflict");
    expect((await succeed(cloud, "updateMe", { token, body: { commentEmails: true } })).body.commentEmails).toBe(true);
  });

  it("returns 400 for emails about comments that are neither on nor off, and 401 without a token", async () => {
    const { token } = await newUser(cloud);
    for (const commentEmails of [null, "off", 0]) {
      const answer = await send(cloud, "updateMe", { token, body: { commentEmails } });
      expect(expectProblem(answer, "validation-failed").errors?.[0]?.pointer).toBe("/commentEmails");
    }
    expect((await send(cloud, "updateMe", { body: { commentEmails: false } })).status).toBe(401);
  });
  // #endregion blog

  it("keeps the version for an empty patch", async () => {
    const { token } = await newUser(cloud);
    expect((await succeed(cloud, "updateMe", { token, body: {} })).body.version).toBe(1);
  });

  it("returns 412 unless If-Match names the current version, weak or strong", async () => {
    const { token } = await newUser(cloud);
    const change = (name: string, tag: string) =>
      send(cloud, "updateMe", { token, body: { name }, headers: { "if-match": tag } });
    expect((await change("Ada", 'W/"1"')).status).toBe(200);
    expectProblem(await change("Bob", '"1"'), "version-conflict");
    expect((await succeed(cloud, "getMe", { token })).body.name).toBe("Ada");
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => change(`Ada ${index}`, '"2"')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412, 412]);
  });

  it("returns 400 for an invalid name, an email address, and members that only the server sets", async () => {
    const { token } = await newUser(cloud);
    for (const name of ["", "   ", "x".repeat(101), 1]) {
      const answer = await send(cloud, "updateMe", { token, body: { name } });
      expect(expectProblem(answer, "validation-failed").errors?.[0]?.pointer).toBe("/name");
    }
    const body = { email: "other@example.com", id: "x", version: 7 };
    const answer = await send(cloud, "updateMe", { token, body });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/email", "/id", "/version"]);
    await succeed(cloud, "updateMe", { token, body: { name: "x".repeat(100) } });
  });
});

describe("POST /v1/me/delete", () => {
  it("hides all data at once, even from a valid token", async () => {
    const user = await newUser(cloud);
    const { token, cookie, inbox } = user;
    const todo = await newTodo(cloud, user);
    const list = await succeed(cloud, "createList", { token, body: { name: "Groceries" } });
    const answer = await succeed(cloud, "deleteMe", { token, body: { password } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=;.*Max-Age=0/i);
    for (const id of ["getMe", "listLists"] as const) expectProblem(await send(cloud, id, { token }), "user-not-found");
    for (const listId of [inbox.id, list.body.id]) {
      expectProblem(await send(cloud, "getList", { token, params: { listId } }), "list-not-found");
      expectProblem(await send(cloud, "listTodos", { token, params: { listId } }), "list-not-found");
    }
    const params = { listId: inbox.id, todoId: todo.id };
    expectProblem(await send(cloud, "getTodo", { token, params }), "list-not-found");
    expectProblem(await send(cloud, "refreshSession", { cookie }), "session-missing");
  });

  it("refuses to create anything with the same token", async () => {
    const user = await newUser(cloud);
    const { token, inbox } = user;
    await succeed(cloud, "deleteMe", { token, body: { password } });
    expectProblem(await send(cloud, "updateMe", { token, body: { name: "Ada" } }), "user-not-found");
    expectProblem(await send(cloud, "createList", { token, body: { name: "Groceries" } }), "user-not-found");
    const todo = { token, params: { listId: inbox.id }, body: { title: "Buy milk" } };
    expectProblem(await send(cloud, "createTodo", todo), "list-not-found");
    const body = { currentPassword: password, newPassword: "a new and longer one" };
    expectProblem(await send(cloud, "changePassword", { token, body }), "user-not-found");
  });

  it("is idempotent", async () => {
    const { token } = await newUser(cloud);
    await succeed(cloud, "deleteMe", { token, body: { password } });
    await succeed(cloud, "deleteMe", { token, body: { password } });
    const [both, body] = [await newUser(cloud), { password }];
    await Promise.all([succeed(cloud, "deleteMe", { ...both, body }), succeed(cloud, "deleteMe", { ...both, body })]);
  });

  it("frees the address: a new account with it starts empty", async () => {
    const user = await newUser(cloud);
    const { email } = user;
    await newTodo(cloud, user);
    const before = await succeed(cloud, "updateMe", { token: user.token, body: { name: "Ada" } });
    await succeed(cloud, "deleteMe", { token: user.token, body: { password } });
    expectProblem(await send(cloud, "createSession", { body: { email, password } }), "credentials-invalid");
    await succeed(cloud, "signUp", { body: { email, password } });
    await succeed(cloud, "confirmAccount", { body: { email, code: await codeFor(cloud, email), password } });
    const token = (await succeed(cloud, "createSession", { body: { email, password } })).body.accessToken;
    const { body: me } = await succeed(cloud, "getMe", { token });
    expect(me).toMatchObject({ email, name: null, version: 1 });
    expect(me.id).not.toBe(before.body.id);
    const { body: lists } = await succeed(cloud, "listLists", { token });
    expect(lists).toEqual([expect.objectContaining({ kind: "inbox" })]);
    const listId = lists[0]?.id ?? "";
    expect((await succeed(cloud, "listTodos", { token, params: { listId } })).body).toEqual([]);
  });

  it("returns 412 when If-Match names another version", async () => {
    const { token, inbox } = await newUser(cloud);
    await succeed(cloud, "updateMe", { token, body: { name: "Ada" } });
    expectProblem(
      await send(cloud, "deleteMe", { token, headers: { "if-match": '"1"' }, body: { password } }),
      "version-conflict",
    );
    expect((await succeed(cloud, "getMe", { token })).body.name).toBe("Ada");
    await succeed(cloud, "getList", { token, params: { listId: inbox.id } });
    await succeed(cloud, "deleteMe", { token, headers: { "if-match": 'W/"2"' }, body: { password } });
    await succeed(cloud, "deleteMe", { token, headers: { "if-match": 'W/"2"' }, body: { password } });
  });

  it("does not affect other users", async () => {
    const [user, other] = [await newUser(cloud), await newUser(cloud)];
    const todo = await newTodo(cloud, other);
    await succeed(cloud, "deleteMe", { token: user.token, body: { password } });
    const { body } = await succeed(cloud, "listTodos", { token: other.token, params: { listId: other.inbox.id } });
    expect(body).toEqual([todo]);
    await succeed(cloud, "refreshSession", { cookie: other.cookie });
  });

  it("requires the password", async () => {
    const { token, inbox } = await newUser(cloud);
    const remove = (body: object) => send(cloud, "deleteMe", { token, body });
    expectProblem(await remove({ password: "not the password at all" }), "password-incorrect");
    expect(expectProblem(await remove({}), "validation-failed").errors?.[0]?.pointer).toBe("/password");
    const lists = await succeed(cloud, "listLists", { token });
    expect(lists.body).toEqual([inbox]);
  });
});
