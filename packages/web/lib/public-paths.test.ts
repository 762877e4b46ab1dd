import { describe, expect, it } from "vitest";
import { publicPath, unescapedPath } from "./public-paths.ts";

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

describe("unescapedPath", () => {
  it.each([
    ["/~40maya/soil", "/@maya/soil"],
    ["/tags/caf~C3~A9", "/tags/caf%C3%A9"],
    ["/tags/~E6~97~A5~E6~9C~AC/feed.xml", "/tags/%E6%97%A5%E6%9C%AC/feed.xml"],
    ["/blog", "/blog"],
    ["/~zz/~4", "/~zz/~4"],
  ])("returns the path that the edge received as %s", (written, path) => {
    expect(unescapedPath(written)).toBe(path);
  });
});
