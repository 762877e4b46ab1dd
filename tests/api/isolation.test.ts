import { problemType } from "@daybook/core/contract/problem";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { becomeAuthor, newComment, publishedPost } from "../blog.ts";
import { allOperations, exampleBodyOf } from "../contract-operations.ts";
import { type Call, newTodo, newUser, send, succeed, type TestUser } from "../fixtures.ts";
import { forged, idTokenOf, openSigner, subOf, unsigned } from "./tokens.ts";

const cloud = inject("cloud");

const privateOperations = allOperations.filter((operation) => operation.access === "user");

let victim: TestUser;
let attacker: TestUser;
/** Resource ids of the victim and of the attacker, by path parameter. */
let theirs: Record<string, string> = {};
let own: Record<string, string> = {};
/** Invalid tokens with their expected status. */
let useless: readonly (readonly [name: string, token: string | undefined, status: number])[];

beforeAll(async () => {
  [victim, attacker] = await Promise.all([newUser(cloud), newUser(cloud)]);
  [theirs, own] = await Promise.all([idsOf(victim), idsOf(attacker)]);
  // #region blog
  // Uses a draft of the victim, because any user may comment on a published post.
  theirs.postId = (await succeed(cloud, "createPost", { token: victim.token, body: { title: "Secret" } })).body.id;
  // #endregion blog
  const resign = openSigner(inject("dataFolder"));
  const now = Math.floor(Date.now() / 1000);
  useless = [
    ["none", undefined, 401],
    ["an empty one", "", 401],
    ["nonsense", "x", 401],
    ["unsigned", unsigned(victim.token), 401],
    ["forged", forged(attacker.token, { sub: subOf(victim.token) }), 401],
    ["prolonged", forged(victim.token, { exp: now + 86_400 }), 401],
    ["expired", resign(victim.token, { iat: now - 1000, exp: now - 10 }), 401],
    ["not valid yet", resign(victim.token, { nbf: now + 600 }), 401],
    ["of another client", resign(victim.token, { client_id: "anotherclient" }), 401],
    ["of another pool", resign(victim.token, { iss: "https://cognito-idp.eu-west-1.amazonaws.com/another" }), 401],
    ["without the scope", resign(victim.token, { scope: "openid" }), 403],
    ["an ID token", await idTokenOf(cloud, victim.email), 403],
    ["an ID token with the scope", resign(victim.token, { token_use: "id" }), 401],
  ];
});

/** Creates one resource of each kind and returns the ids by path parameter. */
async function idsOf(user: TestUser): Promise<Record<string, string>> {
  const todo = await newTodo(cloud, user);
  const upload = { token: user.token, body: { type: "image/png", bytes: 100 } };
  const { body: media } = await succeed(cloud, "createMedia", upload);
  const { body: sessions } = await succeed(cloud, "listSessions", { token: user.token });
  const ids = { listId: user.inbox.id, todoId: todo.id, mediaId: media.id, sessionId: sessions[0]?.id ?? "" };
  return {
    ...ids,
    ...(await idsInBlog(user)), // #blog
  };
}

// #region blog
async function idsInBlog(user: TestUser): Promise<Record<string, string>> {
  await becomeAuthor(cloud, user);
  const post = await publishedPost(cloud, user);
  const comment = await newComment(cloud, user, post.id);
  const { body: me } = await succeed(cloud, "getMe", { token: user.token });
  return { postId: post.id, commentId: comment.id, readerId: me.readerId };
}
// #endregion blog

it("accepts a token of the victim with a valid signature", async () => {
  const token = openSigner(inject("dataFolder"))(victim.token, {});
  expect((await send(cloud, "getTodo", { token, params: theirs })).status).toBe(200);
});

describe.each(privateOperations.map((operation) => [operation.id, operation] as const))("%s", (id, operation) => {
  // `readerId` is a public id. It identifies an entry in the caller's own list and no resource of another user.
  const names = Object.keys(operation.params?.shape ?? {}).filter((name) => name !== "readerId");
  const request = (params: Record<string, string>): Call => ({
    params,
    ...(operation.body && { body: exampleBodyOf(operation) }),
    ...(operation.problems?.includes("version-required") && { headers: { "if-match": '"1"' } }),
  });

  it("refuses all tokens but valid access tokens", async () => {
    for (const [name, token, status] of useless) {
      const answer = await send(cloud, id, { ...request(theirs), token });
      expect([name, answer.status]).toEqual([name, status]);
      expect(JSON.stringify(answer.body)).not.toContain(victim.email);
    }
  });

  it.each(names)("returns 404 for another user's %s", async (name) => {
    expect(theirs).toHaveProperty(name);
    const answer = await send(cloud, id, { ...request({ ...own, [name]: theirs[name] ?? "" }), token: attacker.token });
    expect([answer.status, answer.body]).toEqual([
      404,
      expect.objectContaining({ type: expect.stringMatching(/-not-found$/) }),
    ]);
    expect(answer.body).not.toMatchObject({ type: problemType("route-not-found") });
  });
});
