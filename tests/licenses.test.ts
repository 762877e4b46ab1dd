import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import * as z from "zod";

const Package = z.object({
  license: z.string().optional(),
  link: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
type Packages = Readonly<Record<string, z.output<typeof Package>>>;

/** Licenses that require a notice at most. */
const permissive = /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|PSF-2\.0)$/;

/** Other licenses, and the packages for which they were reviewed. */
const reviewed: Readonly<Record<string, RegExp>> = {
  // A shared library next to `sharp`, which a deployment can replace.
  "LGPL-3.0-or-later": /^@img\/sharp-/,
  // Build and test tools. No part of them is deployed.
  "MPL-2.0": /^(axe-core|lightningcss(-.+)?)$/,
  // Fonts, which anyone may serve with a product.
  "OFL-1.1": /^@fontsource-variable\//,
  // Data about browsers for build tools.
  "CC-BY-4.0": /^caniuse-lite$/,
};

const nameOf = (place: string) => place.split("node_modules/").at(-1) ?? place;

/** Whether a package may have a license, which is an SPDX expression such as `(MIT OR CC0-1.0)`. */
const accepts = (name: string, license: string) =>
  license
    .replace(/[()]/g, "")
    .split(" AND ")
    .every((all) => all.split(" OR ").some((one) => permissive.test(one) || reviewed[one]?.test(name)));

/** Returns the packages with a license that is neither permissive nor reviewed. */
function refused(packages: Packages): string[] {
  // An entry that `npm run lock` added has the license of the package that needs it.
  const parents = Object.values(packages).flatMap(({ license, optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).map((name) => [name, license] as const),
  );
  const inherited = new Map(parents);
  return Object.entries(packages)
    .filter(([place, { link }]) => place.includes("node_modules/") && !link)
    .map(([place, { license }]) => [nameOf(place), license ?? inherited.get(nameOf(place)) ?? "unknown"] as const)
    .filter(([name, license]) => !accepts(name, license))
    .map((each) => each.join(": "));
}

it("every package in the lock file has a permissive or reviewed license", () => {
  const lock = readFileSync(path.join(import.meta.dirname, "../package-lock.json"), "utf8");
  expect(refused(z.object({ packages: z.record(z.string(), Package) }).parse(JSON.parse(lock)).packages)).toEqual([]);
});

it("a package with another license, or none, is named", () => {
  const packages = {
    "node_modules/a": { license: "(GPL-3.0 OR MIT)" },
    "node_modules/b": { license: "MIT AND GPL-3.0", optionalDependencies: { "b-linux-x64": "1.0.0" } },
    "node_modules/b-linux-x64": {},
    "node_modules/a/node_modules/c": {},
    "node_modules/d": { license: "MPL-2.0" },
  };
  expect(refused(packages)).toEqual(["b: MIT AND GPL-3.0", "b-linux-x64: MIT AND GPL-3.0", "c: unknown", "d: MPL-2.0"]);
});
