import { randomUUID } from "node:crypto";
import { sessionRate } from "@daybook/core/account/account.limits";
import { listRate } from "@daybook/core/list/list.limits";
import { profileRate } from "@daybook/core/user/user.limits";
import { describe, expect, inject, it } from "vitest";
import { type Answer, expectProblem, newUser, password, send } from "../fixtures.ts";
import type { Limited } from "./limited.ts";
import { limitedInBlog } from "./limited-in-blog.ts";

const cloud = inject("cloud");

const limited: readonly Limited[] = [
  // Concurrent sign-ins would also count as attempts to guess the password.
  {
    id: "createSession",
    rate: sessionRate,
    atOnce: 1,
    prepare:
      ({ email }) =>
      () => ({ body: { email, password } }),
  },
  { id: "createList", rate: listRate, prepare: () => () => ({ body: { name: "Tea" } }) },
  { id: "updateMe", rate: profileRate, prepare: () => () => ({ body: { name: randomUUID() } }) },
  ...limitedInBlog,
];

describe.each(limited)("$id", ({ id, rate, atOnce = 10, prepare }) => {
  it("returns 429 with the seconds to wait above the limit of a user, and not to others", async () => {
    const [user, other] = [await newUser(cloud), await newUser(cloud)];
    const next = await prepare(user);
    const ask = () => send(cloud, id, { ...next(), token: user.token });
    const answers: Answer[] = [];
    // A new window may start during the loop, so that twice the limit passes.
    while (answers.length < 2 * rate.times + 20 && answers.at(-1)?.status !== 429)
      answers.push(...(await Promise.all(Array.from({ length: atOnce }, ask))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(rate.times - 2);
    for (const answer of refused) {
      expectProblem(answer, "too-many-requests");
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(rate.seconds);
    }
    const same = await prepare(other);
    expect((await send(cloud, id, { ...same(), token: other.token })).status).toBeLessThan(300);
  });
});
