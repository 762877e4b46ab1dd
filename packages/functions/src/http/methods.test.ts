import { describe, expect, it } from "vitest";
import { methodsOf } from "./methods.ts";

const operations = [
  { method: "POST", path: "/v1/lists" },
  { method: "GET", path: "/v1/lists" },
  { method: "DELETE", path: "/v1/lists/{listId}" },
] as const;

describe("methodsOf", () => {
  it("returns the methods of a path's operations in alphabetical order", () => {
    expect(methodsOf(operations, "/v1/lists")).toEqual(["GET", "POST"]);
    expect(methodsOf(operations, "/v1/lists/anything")).toEqual(["DELETE"]);
    expect(methodsOf(operations, "/v1/lists/a%2Fb")).toEqual(["DELETE"]);
  });

  it.each([
    "/",
    "/v1",
    "/v1/lists/",
    "/v1//lists",
    "/v1/lists/a/../b",
    "/v1/lists/a/",
    "/v1/lists/a/b",
    "/v1%2Flists",
    "/V1/lists",
    "",
  ])("returns none for %j", (path) => expect(methodsOf(operations, path)).toEqual([]));
});
