import { describe, expect, it } from "vitest";
import { publicPath } from "./reading-paths.ts";

describe("publicPath", () => {
  it.each([
    ["/authors/maya", "/@maya"],
    ["/authors/maya/soil", "/@maya/soil"],
    ["/feeds/feed.xml", "/feed.xml"],
    ["/feeds/atom.xml/author/maya", "/@maya/atom.xml"],
    ["/feeds/feed.json/tag/gr%C3%B6%C3%9Fe", "/tags/gr%C3%B6%C3%9Fe/feed.json"],
  ])("returns the address of the route %s", (route, page) => {
    expect(publicPath(route)).toBe(page);
  });

  it.each(["/", "/blog", "/archive/2026-11", "/tags/caf%C3%A9", "/authors", "/authors/maya/soil/more"])(
    "returns any other path unchanged: %s",
    (path) => {
      expect(publicPath(path)).toBe(path);
    },
  );
});
