import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { rememberReturn, takeReturn } from "./return-path.ts";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

function returnTo(pathname: string, search = "", part?: string): string | undefined {
  vi.stubGlobal("location", { pathname, search });
  rememberReturn(part);
  return takeReturn();
}

it("leads back to where somebody had to sign in, once", () => {
  expect(returnTo("/todos", "?list=lst_1")).toBe("/todos?list=lst_1");
  expect(takeReturn()).toBeUndefined();
  expect(returnTo("/@maya/of-rivers", "", "#write-comment")).toBe("/@maya/of-rivers#write-comment");
  expect(returnTo("/@maya/of-rivers", "?utm=x")).toBe("/@maya/of-rivers?utm=x");
});

it.each(["/", "/sign-in", "//elsewhere.example", "/@maya", "/@maya/../sign-in", "/todosx"])(
  "does not lead to %s",
  (path) => {
    expect(returnTo(path)).toBeUndefined();
  },
);
