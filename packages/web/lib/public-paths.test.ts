import { describe, expect, it } from "vitest";
import { unescapedPath } from "./public-paths.ts";

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
