import type { HighlighterCore, LanguageInput } from "@shikijs/core";
import type { Element, ElementContent, Root } from "hast";
import { kindOf } from "./code-theme.ts";
import { element, elementsOf, text, textOf } from "./walk.ts";

/** The languages that are highlighted; each is loaded when a text needs it. */
const languages: Readonly<Record<string, () => LanguageInput>> = {
  bash: () => import("@shikijs/langs/shellscript"),
  css: () => import("@shikijs/langs/css"),
  diff: () => import("@shikijs/langs/diff"),
  html: () => import("@shikijs/langs/html"),
  js: () => import("@shikijs/langs/javascript"),
  json: () => import("@shikijs/langs/json"),
  markdown: () => import("@shikijs/langs/markdown"),
  python: () => import("@shikijs/langs/python"),
  sql: () => import("@shikijs/langs/sql"),
  ts: () => import("@shikijs/langs/typescript"),
  tsx: () => import("@shikijs/langs/tsx"),
  yaml: () => import("@shikijs/langs/yaml"),
};

const aliases: Readonly<Record<string, string>> = {
  javascript: "js",
  jsx: "tsx",
  md: "markdown",
  mjs: "js",
  py: "python",
  sh: "bash",
  shell: "bash",
  typescript: "ts",
  yml: "yaml",
};

/** Longer code is not read for its colours, and takes long to be given them. */
const longestCode = 20_000;
const longestLine = 500;
/** So much time, in milliseconds, may the code of a text take; what comes after it stays plain. */
const patience = 1_000;

let loading: Promise<HighlighterCore> | undefined;

/** The highlighter, without a language: its code is loaded once, by the first text that has code in it. */
async function load(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, { codeTheme }] = await Promise.all([
    import("@shikijs/core"),
    import("@shikijs/engine-javascript"),
    import("./code-theme.ts"),
  ]);
  // Half of an expression that does not run in JavaScript is better than a page that is not there.
  return createHighlighterCore({
    themes: [codeTheme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

/** The language that a block of code names, as the highlighter calls it; nothing for one that it does not know. */
function languageOf(code: Element): string | undefined {
  const { className } = code.properties;
  const named = (Array.isArray(className) ? className : []).find((each) => String(each).startsWith("language-"));
  const name = String(named ?? "")
    .slice("language-".length)
    .toLowerCase();
  const language = Object.hasOwn(aliases, name) ? aliases[name] : name;
  return language !== undefined && Object.hasOwn(languages, language) ? language : undefined;
}

/** Wraps the words of all code in the tree in spans with a class for their kind; no style, which a page's policy forbids. */
export async function highlight(tree: Root): Promise<void> {
  const start = performance.now();
  for (const pre of elementsOf(tree)) {
    const [code] = pre.children;
    if (pre.tagName !== "pre" || code?.type !== "element") continue;
    const language = languageOf(code);
    if (language === undefined) continue;
    pre.properties.dataLanguage = language;
    if (performance.now() - start < patience) code.children = await coloured(textOf(code), language);
  }
}

async function coloured(code: string, language: string): Promise<ElementContent[]> {
  if (code.length > longestCode) return [text(code)];
  loading ??= load();
  const highlighter = await loading;
  await highlighter.loadLanguage(languages[language]?.() ?? []);
  const lines = highlighter.codeToTokensBase(code.replace(/\n$/, ""), {
    lang: languageNames[language] ?? language,
    theme: "kinds",
    tokenizeMaxLineLength: longestLine,
  });
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [text("\n")] : []),
    ...line.map(({ content, color }) => {
      const kind = kindOf(color);
      return kind ? element("span", { className: [`code-${kind}`] }, [text(content)]) : text(content);
    }),
  ]);
}

const languageNames: Readonly<Record<string, string>> = { bash: "shellscript", js: "javascript", ts: "typescript" };
