import { parseAst } from "vitest/node";

/** A node of a syntax tree, in the ESTree or typescript-estree format. */
export type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
/** Returns the nodes in a member of a node, which can be a node, a list or another value. */
export const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);

/** Returns a node and all nodes below it, except those below nodes that `skips` accepts. */
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

/** Parses a file. Its name determines the language. @throws SyntaxError */
export function syntaxOf(file: string, text: string): Node {
  const program: unknown = parseAst(text, { lang: file.endsWith(".tsx") ? "tsx" : file.endsWith(".ts") ? "ts" : "js" });
  if (!isNode(program)) throw new SyntaxError(`${file} has no syntax tree`);
  return program;
}

const imports = /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/;

/** Returns the specifiers of all imports and re-exports, including those of types. */
export function specifiersIn(program: Node): string[] {
  return nodesBelow(program)
    .filter(({ type }) => imports.test(type))
    .flatMap(({ source }) => nodesIn(source))
    .flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

const runsLater = ({ type, static: isStatic }: Node) =>
  /Function/.test(type) || (type === "PropertyDefinition" && isStatic !== true);

/** Returns the nodes that are evaluated when a module loads, which excludes function bodies. */
export const topLevelOf = (program: Node): Node[] => nodesBelow(program, runsLater);
