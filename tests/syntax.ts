import { parseAst } from "vitest/node";

/** A node of a syntax tree: ESTree's, or one of TypeScript's own. */
export type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
/** A member of a node as nodes: none, one, or a list. */
export const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);

/** A node and all nodes in it, without the content of those that `skips` accepts. */
export function nodesBelow(node: Node, skips: (node: Node) => boolean = () => false): Node[] {
  const found: Node[] = [];
  const add = (each: Node): void => {
    found.push(each);
    if (skips(each)) return;
    for (const member of Object.values(each)) for (const child of nodesIn(member)) add(child);
  };
  add(node);
  return found;
}

/** The syntax tree of a file, whose name says in which language it is. @throws SyntaxError */
export function syntaxOf(file: string, text: string): Node {
  const program: unknown = parseAst(text, { lang: file.endsWith(".tsx") ? "tsx" : file.endsWith(".ts") ? "ts" : "js" });
  if (!isNode(program)) throw new SyntaxError(`${file} has no syntax tree`);
  return program;
}

const imports = /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/;

/** The specifiers that a program imports or exports from, those of types included. */
export function specifiersIn(program: Node): string[] {
  return nodesBelow(program)
    .filter(({ type }) => imports.test(type))
    .flatMap(({ source }) => nodesIn(source))
    .flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

const runsLater = ({ type, static: isStatic }: Node) =>
  /Function/.test(type) || (type === "PropertyDefinition" && isStatic !== true);

/** The nodes of a program that are evaluated as it loads: those outside of functions. */
export const topLevelOf = (program: Node): Node[] => nodesBelow(program, runsLater);
