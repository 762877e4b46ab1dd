import * as brand from "@daybook/core/brand";
import { expect, it } from "vitest";
import { iconSvg } from "../scripts/lib/mark.ts";
import { files, isTest, read } from "./import-graph.ts";

/** What is deployed, without tests. */
const deployed = files.filter(
  (file) =>
    /^(sst\.config|infra\/[\w-]+|packages\/(core|functions|web)\/.*)\.(tsx?|mjs|js|css|svg)$/.test(file) &&
    !isTest(file) &&
    !/\/(brand|test-[\w-]+)\.ts$/.test(file),
);
const isComment = (line: string) => /^\s*(\/\*|\*|\/\/|\{\/\*)/.test(line);
const found = (word: RegExp, among = deployed) =>
  among.flatMap((file) =>
    read(file)
      .split("\n")
      .filter((line) => !isComment(line) && word.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

it("has the product's name only in the brand module", () => {
  expect(found(new RegExp(brand.name))).toEqual([]);
});

it("has the product's id only in the brand module, apart from the scope of packages and keys in the browser", () => {
  const server = deployed.filter((file) => !file.startsWith("packages/web/"));
  expect(found(new RegExp(`(?<!@)${brand.id}`), server)).toEqual([]);
});

it("has the mark of the logo in the icon", () => {
  expect(read("packages/web/public/icon.svg"), "Run `npm run icons`").toBe(iconSvg());
});
