import { features } from "@daybook/core/api";
import { describe, expect, it } from "vitest";
import { circlesIn, files, forbidden, isTest, programOf, read, sources } from "./import-graph.ts";
import { type Node, nodesBelow, nodesIn, topLevelOf } from "./syntax.ts";

const isIntl = ({ type, callee }: Node) =>
  type === "NewExpression" &&
  nodesIn(callee)
    .flatMap(({ object }) => nodesIn(object))
    .some(({ name }) => name === "Intl");

const isStatus = ({ type, key, value }: Node) =>
  type === "Property" &&
  nodesIn(key).some(({ name }) => name === "status" || name === "statusCode") &&
  nodesIn(value).some((literal) => typeof literal.value === "number");

describe("the direction of imports", () => {
  it("allows core to import no other part", () => {
    expect(
      forbidden(/^packages\/core\//, (imported) =>
        /^(packages\/(?!core\/)|infra\/|tests\/|scripts\/|sst$)/.test(imported),
      ),
    ).toEqual([]);
  });

  it("allows the local cloud to import nothing from the app", () => {
    expect(
      forbidden(/^packages\/local\//, (imported) =>
        /^(packages\/(?!local\/)|infra\/|tests\/|scripts\/)/.test(imported),
      ),
    ).toEqual([]);
  });

  it("allows functions to import only core", () => {
    const wrong = (imported: string, file: string) =>
      !isTest(file) && /^(packages\/(?!core\/|functions\/)|infra\/|tests\/|scripts\/)/.test(imported);
    expect(forbidden(/^packages\/functions\//, wrong)).toEqual([]);
  });

  it("allows the web app to import only core, and only through its exports map", () => {
    // Only a path into core ends in `.ts`; an import through the map has no extension.
    const wrong = /^(packages\/(local|functions)\/|packages\/core\/.*\.ts$|infra\/|tests\/|scripts\/)/;
    expect(forbidden(/^packages\/web\//, (imported) => wrong.test(imported))).toEqual([]);
  });

  it("allows infra to import only the contract and its parts from the app", () => {
    const wrong = (imported: string) =>
      imported.startsWith("packages/") &&
      !/^packages\/core\/src\/(api|brand|contract\/\w+|account\/account\.(limits|scopes))(\.ts)?$/.test(imported);
    expect(forbidden(/^(infra\/|sst\.config\.ts)/, wrong)).toEqual([]);
  });

  it("forbids importing another feature's repository", () => {
    const wrong = (imported: string, file: string) => {
      const [, feature] = /^packages\/core\/src\/(\w+)\//.exec(file) ?? [];
      const [, owner] = /^packages\/core\/src\/(\w+)\/.*\.repository/.exec(imported) ?? [];
      return !isTest(file) && owner !== undefined && owner !== feature;
    };
    expect(forbidden(/^packages\/core\//, wrong)).toEqual([]);
  });

  it("allows bench to import only the product and its local cloud", () => {
    expect(forbidden(/^bench\//, (imported) => /^(scripts|tests|infra)\//.test(imported))).toEqual([]);
  });

  it("forbids import cycles in the local cloud, including types", () => {
    expect(circlesIn(/^packages\/local\/src\//)).toEqual([]);
  });
});

describe("separation of concerns", () => {
  it("reads a function's environment only in resources.ts", () => {
    const wrong = sources.filter(
      (file) =>
        /^packages\/(core|functions)\/src\//.test(file) &&
        !isTest(file) &&
        !file.endsWith("/resources.ts") &&
        read(file).includes("process.env"),
    );
    expect(wrong).toEqual([]);
  });

  it("uses status codes only in the contract and the HTTP layer", () => {
    const wrong = sources.filter(
      (file) =>
        /^packages\/core\/src\/\w+\/\w+\.(service|repository)\.ts$/.test(file) &&
        nodesBelow(programOf(file)).some(isStatus),
    );
    expect(wrong).toEqual([]);
  });

  it("creates no Intl objects at module level in the web app, because loading locale data is slow on phones", () => {
    const wrong = sources.filter(
      (file) => file.startsWith("packages/web/") && topLevelOf(programOf(file)).some(isIntl),
    );
    expect(wrong).toEqual([]);
  });

  it("has one handler module per feature", () => {
    for (const feature of Object.keys(features)) expect(files).toContain(`packages/functions/src/${feature}.ts`);
  });
});

describe("the repository", () => {
  it("limits files to 300 lines", () => {
    const long = sources.filter((file) => read(file).split("\n").length > 300);
    expect(long).toEqual([]);
  });

  it("contains no paths outside of itself and no registry URLs", () => {
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

  it("has a lock file entry for every platform's packages (npm run lock)", () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
      read("package-lock.json"),
    );
    const known = new Set(Object.keys(lock.packages).map((place) => place.split("node_modules/").at(-1)));
    const wanted = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !known.has(name))).toEqual([]);
  });
});
