import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { rememberReferrer, rememberReturn, takeReturn } from "./return-path.ts";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

function returnTo(pathname: string, search = ""): string | undefined {
  vi.stubGlobal("location", { pathname, search });
  rememberReturn();
  return takeReturn();
}

it("returns once to the page that required sign-in", () => {
  expect(returnTo("/todos", "?list=lst_1")).toBe("/todos?list=lst_1");
  expect(takeReturn()).toBeUndefined();
});

// #region blog
const site = "https://daybook.example";

function comeFrom(referrer: string, hash = "#write-comment"): string | undefined {
  vi.stubGlobal("location", { origin: site, hash });
  vi.stubGlobal("document", { referrer });
  rememberReferrer();
  return takeReturn();
}

it("returns to the post from which the reader came to comment", () => {
  expect(comeFrom(`${site}/@maya/of-rivers`)).toBe("/@maya/of-rivers#write-comment");
  expect(comeFrom(`${site}/@maya/of-rivers?utm=x`)).toBe("/@maya/of-rivers?utm=x#write-comment");
  expect(comeFrom(`${site}/@maya/of-rivers`, "")).toBeUndefined();
  expect(comeFrom("https://elsewhere.example/@maya/of-rivers")).toBeUndefined();
  expect(comeFrom(`${site}/blog`)).toBeUndefined();
  expect(comeFrom("")).toBeUndefined();
  expect(returnTo("/@maya/of-rivers", "?utm=x")).toBe("/@maya/of-rivers?utm=x");
});
// #endregion blog

it.each(["/", "/sign-in", "//elsewhere.example", "/@maya", "/@maya/../sign-in", "/todosx"])(
  "does not return to %s",
  (path) => {
    expect(returnTo(path)).toBeUndefined();
  },
);
