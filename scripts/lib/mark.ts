import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./command.ts";

const read = (file: string) => readFileSync(path.join(root, "packages/web", file), "utf8");

/** Returns the file `public/icon.svg`: the mark of `logo.tsx`, in the colors of `tokens.css`. */
export function iconSvg(): string {
  const [, viewBox, drawing = ""] = /viewBox="([\d ]+)"[^>]*>\n(.*?) *<\/svg>/s.exec(read("lib/ui/logo.tsx")) ?? [];
  const shapes = drawing
    .replaceAll(/^ {2}/gm, "")
    .replaceAll("className=", "class=")
    // React writes `strokeWidth` for `stroke-width`.
    .replaceAll(/[A-Z](?=\w*=")/g, (letter) => `-${letter.toLowerCase()}`);
  const tokens = new Map(
    [...read("app/tokens.css").matchAll(/--([\w-]+): light-dark\((.+), (.+)\);/g)].map(([, name, ...colors]) => [
      name,
      colors,
    ]),
  );
  const used = new Set(shapes.match(/\b(fill|stroke)-[\w-]+(?=")/g));
  const rules = (theme: 0 | 1) =>
    [...used].map((name) => {
      const [, property, token] = /^(\w+)-(.+)$/.exec(name) ?? [];
      return `    .${name} { ${property}: ${tokens.get(token)?.[theme]} }`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" fill="none">
  <title>Logo</title>
  <style>
${rules(0).join("\n")}
    @media (prefers-color-scheme: dark) {
${rules(1).join("\n").replaceAll(/^/gm, "  ")}
    }
  </style>
${shapes}</svg>
`;
}
