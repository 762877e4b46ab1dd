import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { features } from "@daybook/core/api";
import { describe, expect, it } from "vitest";
import { type Node, nodesBelow, nodesIn, specifiersIn, syntaxOf, topLevelOf } from "./syntax.ts";

const root = path.resolve(import.meta.dirname, "..");
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(path.join(root, file)));
const sources = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith(".d.ts"));
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

const programOf = (file: string) => syntaxOf(file, read(file));

const known = new Map<string, readonly string[]>();
/** The modules that a file imports, types included; those of the repository as paths from its root. */
function importsOf(file: string): readonly string[] {
  const imported =
    known.get(file) ??
    specifiersIn(programOf(file)).map((specifier) => {
      if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
      return specifier.replace(/^@daybook\/(\w+)\//, "packages/$1/src/");
    });
  known.set(file, imported);
  return imported;
}

/** All imports from one part of the repository that lead to where they may not, as "file → import". */
function forbidden(from: RegExp, to: (imported: string, file: string) => boolean): string[] {
  return sources
    .filter((file) => from.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((imported) => to(imported, file))
        .map((imported) => `${file} → ${imported}`),
    );
}

/** Import circles among some files, each as "a → b → a". */
function circlesIn(part: RegExp): string[] {
  const circles: string[] = [];
  const visited = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) circles.push([...trail.slice(start), file].join(" → "));
    if (visited.has(file)) return;
    visited.add(file);
    for (const imported of importsOf(file)) if (part.test(imported)) visit(imported, [...trail, file]);
  };
  for (const file of sources) if (part.test(file)) visit(file, []);
  return circles;
}

const isIntl = ({ type, callee }: Node) =>
  type === "NewExpression" &&
  nodesIn(callee)
    .flatMap(({ object }) => nodesIn(object))
    .some(({ name }) => name === "Intl");

const isStatus = ({ type, key, value }: Node) =>
  type === "Property" &&
  nodesIn(key).some(({ name }) => name === "status" || name === "statusCode") &&
  nodesIn(value).some((literal) => typeof literal.value === "number");

const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);

describe("imports point one way", () => {
  it("core imports no other part", () => {
    expect(
      forbidden(/^packages\/core\//, (imported) =>
        /^(packages\/(?!core\/)|infra\/|tests\/|scripts\/|sst$)/.test(imported),
      ),
    ).toEqual([]);
  });

  it("the local cloud imports nothing of the app", () => {
    expect(
      forbidden(/^packages\/local\//, (imported) =>
        /^(packages\/(?!local\/)|infra\/|tests\/|scripts\/)/.test(imported),
      ),
    ).toEqual([]);
  });

  it("functions import core alone", () => {
    const wrong = (imported: string, file: string) =>
      !isTest(file) && /^(packages\/(?!core\/|functions\/)|infra\/|tests\/|scripts\/)/.test(imported);
    expect(forbidden(/^packages\/functions\//, wrong)).toEqual([]);
  });

  it("the web app imports of core only the contract and the schemas", () => {
    const allowed =
      /^packages\/core\/src\/(api|ids|id-forms|length|contract\/[\w-]+|\w+\/(\w+)(\.api|\.limits|\.tags)?)(\.ts)?$/;
    const wrong = (imported: string) =>
      /^(packages\/(local|functions)\/|infra\/|tests\/|scripts\/)/.test(imported) ||
      (imported.startsWith("packages/core/") &&
        (!allowed.test(imported) || /\.(repository|service)/.test(imported) || /\/db\//.test(imported)));
    expect(forbidden(/^packages\/web\//, wrong)).toEqual([]);
  });

  it("infra imports of the app only the contract and what it is made of", () => {
    const wrong = (imported: string) =>
      imported.startsWith("packages/") &&
      !/^packages\/core\/src\/(api|contract\/\w+|account\/account\.(limits|scopes))(\.ts)?$/.test(imported);
    expect(forbidden(/^(infra\/|sst\.config\.ts)/, wrong)).toEqual([]);
  });

  it("no feature imports another feature's repository", () => {
    const wrong = (imported: string, file: string) => {
      const [, feature] = /^packages\/core\/src\/(\w+)\//.exec(file) ?? [];
      const [, owner] = /^packages\/core\/src\/(\w+)\/.*\.repository/.exec(imported) ?? [];
      return !isTest(file) && owner !== undefined && owner !== feature;
    };
    expect(forbidden(/^packages\/core\//, wrong)).toEqual([]);
  });

  it("bench imports the product and its local cloud alone", () => {
    expect(forbidden(/^bench\//, (imported) => /^(scripts|tests|infra)\//.test(imported))).toEqual([]);
  });

  it("the local cloud has no import circles, those of types included", () => {
    expect(circlesIn(/^packages\/local\/src\//)).toEqual([]);
  });
});

describe("one place for each thing", () => {
  it("reads the environment of a function only in resources.ts", () => {
    const wrong = sources.filter(
      (file) =>
        /^packages\/(core|functions)\//.test(file) &&
        !isTest(file) &&
        !file.endsWith("/resources.ts") &&
        read(file).includes("process.env"),
    );
    expect(wrong).toEqual([]);
  });

  it("names no status code outside the contract and the HTTP layer", () => {
    const wrong = sources.filter(
      (file) =>
        /^packages\/core\/src\/\w+\/\w+\.(service|repository)\.ts$/.test(file) &&
        nodesBelow(programOf(file)).some(isStatus),
    );
    expect(wrong).toEqual([]);
  });

  it("asks the browser for what it knows of a language only when that is needed: on a phone it takes long", () => {
    const wrong = sources.filter(
      (file) => file.startsWith("packages/web/") && topLevelOf(programOf(file)).some(isIntl),
    );
    expect(wrong).toEqual([]);
  });

  it("has a module of handlers for each feature", () => {
    for (const feature of Object.keys(features)) expect(files).toContain(`packages/functions/src/${feature}.ts`);
  });
});

describe("the repository", () => {
  it("keeps files to a screen or two", () => {
    // The picture's shapes are generated.
    const generated = "packages/web/features/landing/architecture.ts";
    const long = sources.filter((file) => file !== generated && read(file).split("\n").length > 300);
    expect(long).toEqual([]);
  });

  it("names no registry, no machine and nothing outside itself", () => {
    const [shared, home, work] = ["../shar" + "ed", "/ro" + "ot/", "/wo" + "rk/"];
    const texts = files.filter((file) => !/\.(png|ico|woff2)$/.test(file));
    const wrong = texts.filter((file) => [shared, home, work].some((word) => read(file).includes(word)));
    expect(wrong).toEqual([]);
    expect(read("package-lock.json")).not.toMatch(/"resolved": "https?:/);
  });

  it("pins every dependency to an exact version", () => {
    const loose = files
      .filter((file) => /(^|\/)package\.json$/.test(file))
      .flatMap((file) => {
        const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(file));
        return Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies })
          .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
          .map(([name, version]) => `${file}: ${name}@${version}`);
      });
    expect(loose).toEqual([]);
  });

  it("has an entry in the lock file for every platform's packages (npm run lock)", () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
      read("package-lock.json"),
    );
    const known = new Set(Object.keys(lock.packages).map((place) => place.split("node_modules/").at(-1)));
    const wanted = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !known.has(name))).toEqual([]);
  });
});
