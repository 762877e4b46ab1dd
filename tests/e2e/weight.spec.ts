import { operations } from "@daybook/core/api";
import { signUp, test } from "./fixtures.ts";
import { expectWithin, needsBuild, type Weight } from "./weigh.ts";

/** The budget of each page in kB. */
const budgets: Readonly<Record<string, { readonly path: string } & Weight>> = {
  landing: { path: "/", js: 20, css: 12, fonts: 110, html: 20 },
  "sign-in": { path: "/sign-in", js: 62, css: 12, fonts: 110, html: 6 },
  // It describes every operation.
  "api reference": { path: "/docs/api", js: 15, css: 12, fonts: 110, html: 1.13 * Object.keys(operations).length },
  todos: { path: "/todos", js: 66, css: 12, fonts: 110, html: 6 },
};

test.describe("the first load, above the framework's floor", () => {
  needsBuild();

  for (const [name, { path: url, ...budget }] of Object.entries(budgets)) {
    test(`of ${name} stays within its budget`, async ({ page, context, browser, baseURL, mailbox, person }) => {
      if (name === "todos") await signUp(page, mailbox, person);
      await expectWithin(name, url, budget, { browser, context, baseURL });
    });
  }
});
