import { cached, enterAndKeep, expect, kept, openTab, test } from "./fixtures.ts";

test.describe("without a network", () => {
  test("opens in a new tab with its todos, accepts changes and sends them later", async ({
    page,
    context,
    front,
    mailbox,
    person,
  }) => {
    const before = await enterAndKeep(page, mailbox, person);
    await before.add("Water the plants", "Call Ada");
    await before.saved();
    await page.close();

    await front.stop();
    const todos = await openTab(context);
    await expect(todos.titles).toHaveText(["Water the plants", "Call Ada"]);
    await todos.add("Buy milk");
    await todos.checkbox("Call Ada").check();
    await todos.page.reload();
    await expect(todos.titles).toHaveText(["Water the plants", "Call Ada", "Buy milk"]);
    await expect(todos.checkbox("Call Ada")).toBeChecked();
    await expect(todos.page.getByTestId("sync")).not.toHaveAttribute("data-state", "idle");

    await front.start();
    await todos.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await todos.expectKept("Water the plants", "Call Ada", "Buy milk");
  });

  test("opens at the URL of a list, even if the browser reports that it is offline", async ({
    page,
    context,
    mailbox,
    person,
  }) => {
    const todos = await enterAndKeep(page, mailbox, person);
    await todos.add("Pack the tent");
    await todos.saved();
    await context.setOffline(true);
    await page.goto("/todos?show=active");
    await expect(todos.titles).toHaveText(["Pack the tent"]);
    await expect(todos.sync).toHaveText("Offline");
    await todos.add("Find the map");
    await expect(todos.sync).toContainText("Offline: 1 change");
    await context.setOffline(false);
    await todos.saved();
  });

  test("shows the changes of one tab in another", async ({ page, context, front, mailbox, person }) => {
    const one = await enterAndKeep(page, mailbox, person);
    await front.stop();
    await page.reload();
    const two = await openTab(context);
    await one.add("Written in the first tab");
    await expect(two.titles).toHaveText(["Written in the first tab"]);
    await two.add("Written in the second");
    await expect(one.titles).toHaveText(["Written in the first tab", "Written in the second"]);
  });

  test("loads parts of the app on demand", async ({ page, front, mailbox, person }) => {
    const todos = await enterAndKeep(page, mailbox, person);
    await todos.add("Read the book");
    await front.stop();
    await page.reload();
    await todos.openMenu("Read the book", "Details");
    await expect(page.getByRole("dialog")).toBeVisible();
  });

  for (const address of ["/account", "/sign-in", "/"]) {
    test(`shows at ${address} that the page needs a network, and links to the todos`, async ({
      page,
      front,
      mailbox,
      person,
    }) => {
      const todos = await enterAndKeep(page, mailbox, person);
      await todos.add("Still here");
      await front.stop();
      expect((await page.goto(address))?.status()).toBe(503);
      await expect(page.getByRole("heading", { name: "You’re offline" })).toBeVisible();
      await page.getByRole("link", { name: "Open your todos" }).click();
      await expect(todos.titles).toHaveText(["Still here"]);
    });
  }

  // #region blog
  test("does not handle the blog's pages", async ({ page, front, mailbox, person }) => {
    await enterAndKeep(page, mailbox, person);
    await page.goto("/blog");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await front.stop();
    for (const address of ["/blog", "/@maya/a-post", "/feed.xml"])
      await expect(page.goto(address), address).rejects.toThrow("ERR_CONNECTION_REFUSED");
  });
  // #endregion blog
});

test("caches pages and files of the build, but no user data", async ({ page, mailbox, person }) => {
  const todos = await enterAndKeep(page, mailbox, person);
  await todos.add("A secret wish");
  await todos.saved();
  await page.reload();
  await expect(todos.titles).toHaveText(["A secret wish"]);
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const stored = await cached(page);
  const others = stored.map(({ path }) => path).filter((path) => !path.startsWith("/_next/static/"));
  expect(others).toEqual([
    "/icon-192.png",
    "/icon-512.png",
    "/icon-maskable-512.png",
    "/icon.svg",
    "/offline",
    "/theme.js",
    "/todos",
  ]);
  for (const { path, text } of stored) {
    expect(text, path).not.toContain(person.email);
    expect(text, path).not.toContain("A secret wish");
  }
});

test("is deleted on sign-out, with unsubmitted text", async ({ page, mailbox, person }) => {
  const todos = await enterAndKeep(page, mailbox, person);
  expect((await kept(page)).caches).toEqual([expect.stringMatching(/^daybook-shell-/)]);
  await todos.input.fill("Half a thought");
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect.poll(() => kept(page)).toEqual({ caches: [], workers: 0 });
  const typed = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(typed).not.toContain("Half a thought");
});

test("is cached again after the next sign-in", async ({ page, front, mailbox, person }) => {
  await enterAndKeep(page, mailbox, person);
  const pathsOf = async () => (await cached(page)).map(({ path }) => path);
  const paths = await pathsOf();
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect.poll(() => kept(page)).toEqual({ caches: [], workers: 0 });
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  // The browser can keep the first worker, which is active at once and then fills its cache.
  await expect.poll(pathsOf).toEqual(paths);
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
  await front.stop();
  await page.reload();
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
});

test("is not downloaded by visitors who are signed out", async ({ page }) => {
  for (const address of ["/", "/docs/api", "/sign-in"]) {
    await page.goto(address, { waitUntil: "networkidle" });
    expect(await kept(page), address).toEqual({ caches: [], workers: 0 });
  }
});

test("is served as a script that is revalidated each time", async ({ request }) => {
  const sw = await request.get("/sw.js");
  expect(sw.status()).toBe(200);
  expect(sw.headers()).toMatchObject({
    "content-type": "text/javascript;charset=UTF-8",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
});

test("can be installed", async ({ page, mailbox, person }) => {
  await enterAndKeep(page, mailbox, person);
  const browser = await page.context().newCDPSession(page);
  const { data = "", errors } = await browser.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(JSON.parse(data)).toMatchObject({
    id: "/todos",
    start_url: "/todos",
    scope: "/",
    display: "standalone",
    icons: expect.arrayContaining([
      expect.objectContaining({ sizes: "192x192", type: "image/png" }),
      expect.objectContaining({ sizes: "512x512", purpose: "maskable" }),
    ]),
  });
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
  // Test contexts are private windows, which cannot install apps.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});
