import { describe, expect, it } from "vitest";
import { specifiersIn, syntaxOf, topLevelOf } from "./syntax.ts";

describe("specifiersIn", () => {
  it.each([
    ['import { a } from "./a.ts";', "./a.ts"],
    ['import "./a.ts";', "./a.ts"],
    ['import type { A } from "./a.ts";', "./a.ts"],
    ['export { a } from "./a.ts";', "./a.ts"],
    ['export * from "./a.ts";', "./a.ts"],
    ['export type { A } from "./a.ts";', "./a.ts"],
    ['const load = () => import("./a.ts");', "./a.ts"],
    ['type A = import("./a.ts").A;', "./a.ts"],
  ])("finds the specifier in %s", (text, specifier) => {
    expect(specifiersIn(syntaxOf("b.ts", text))).toEqual([specifier]);
  });

  it("ignores the text of strings and comments", () => {
    const text = '// import "./a.ts";\nexport const code = `import { a } from "./a.ts";`;';
    expect(specifiersIn(syntaxOf("b.ts", text))).toEqual([]);
  });
});

describe("topLevelOf", () => {
  const calls = (text: string) => topLevelOf(syntaxOf("b.tsx", text)).filter(({ type }) => type === "NewExpression");

  it.each(["const a = new Intl.Collator();", "class A { static a = new Intl.Collator(); }"])("includes %s", (text) => {
    expect(calls(text)).toHaveLength(1);
  });

  it.each([
    "const a = () => new Intl.Collator();",
    "function a() {\n  return new Intl.Collator();\n}",
    "class A {\n  a = new Intl.Collator();\n}",
  ])("excludes %s", (text) => {
    expect(calls(text)).toEqual([]);
  });
});
