import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";

const web = path.resolve(import.meta.dirname, "..");
const filesOf = (pattern: string) =>
  globSync(pattern, { cwd: web, exclude: ["node_modules/**", ".next/**", ".open-next/**"] })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort();
const read = (file: string) => readFileSync(path.join(web, file), "utf8");

/** Properties of elements and components that a person reads or hears. */
const spoken =
  /^(aria-(label|description|roledescription|valuetext)|title|alt|placeholder|label|hint|description|action)$/;
const hasLetters = (text: unknown) => typeof text === "string" && /\p{L}/u.test(text);

type Node = { readonly type: string } & Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
const nodesIn = (value: unknown): Node[] => [value].flat().filter(isNode);

/** The texts that an expression can come to by itself: of a choice its branches, of a template its fixed parts. */
function textsOf(node: Node | undefined): unknown[] {
  switch (node?.type) {
    case "Literal":
      return [node.value];
    case "TemplateLiteral":
      return nodesIn(node.quasis).map(({ value }) => Object(value).cooked);
    case "ConditionalExpression":
      return [...nodesIn(node.consequent), ...nodesIn(node.alternate)].flatMap(textsOf);
    case "LogicalExpression":
      return nodesIn(node.right).flatMap(textsOf);
    case "JSXExpressionContainer":
      return nodesIn(node.expression).flatMap(textsOf);
    default:
      return [];
  }
}

/** What a component says of its own, by the element or the property that says it. */
function saidBy(node: Node): unknown[] {
  const [name] = nodesIn(node.name);
  const own =
    node.type === "JSXText"
      ? [node.value]
      : node.type === "JSXAttribute" && spoken.test(String(name?.name))
        ? nodesIn(node.value).flatMap(textsOf)
        : node.type === "JSXElement" || node.type === "JSXFragment"
          ? nodesIn(node.children).flatMap(textsOf)
          : [];
  const inner = Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
  return [...own, ...inner.flatMap(saidBy)];
}

describe("copy", () => {
  it("is in copy/, and not in components", () => {
    const said = filesOf("{app,features,lib}/**/*.tsx").flatMap((file) => {
      const program: unknown = parseAst(read(file), { lang: "tsx" });
      return nodesIn(program)
        .flatMap(saidBy)
        .filter(hasLetters)
        .map((text) => `${file}: ${String(text).trim()}`);
    });
    expect(said).toEqual([]);
  });

  it("is found where it is in a component", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a component.
    const component = 'const A = () => <p title="One" className="p-1">Two {b ? "Three" : `Four ${c}`}<b /></p>;';
    const program: unknown = parseAst(component, { lang: "tsx" });
    expect(nodesIn(program).flatMap(saidBy).filter(hasLetters).sort()).toEqual(["Four ", "One", "Three", "Two "]);
  });
});
