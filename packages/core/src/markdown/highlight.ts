import type { HighlighterCore, LanguageInput, RegexEngine, ThemedToken } from "@shikijs/core";
import type { Element, ElementContent, Root } from "hast";
import { kindOf } from "./code-theme.ts";
import { element, elementsOf, text, textOf } from "./hast.ts";

/** Languages that are highlighted. Each grammar is loaded on first use. */
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

/** Maximum length of a highlighted code block and of a highlighted line, in characters. Longer code stays plain. */
const longestCode = 20_000;
const longestLine = 500;
/**
 * Maximum number of characters that grammars may search for one text, see `countWork`. Enough for about 50 KB of
 * ordinary code. Code after that stays plain.
 */
const mostWork = 1_000_000;

/** Remaining work for the code block that is being highlighted. Global, because highlighting is synchronous. */
let workLeft = 0;

class WorkSpentError extends Error {
  override readonly name = "WorkSpentError";
}

let loading: Promise<HighlighterCore> | undefined;

/** Loads the highlighter without languages. Its code is loaded once, for the first text with code in it. */
async function load(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, { codeTheme }] = await Promise.all([
    import("@shikijs/core"),
    import("@shikijs/engine-javascript"),
    import("./code-theme.ts"),
  ]);
  // Skip expressions that JavaScript does not support, so that the rest of the grammar still works.
  const engine = countWork(createJavaScriptRegexEngine({ forgiving: true }));
  return createHighlighterCore({ themes: [codeTheme], langs: [], engine });
}

/**
 * Counts the work of an engine: each search costs the rest of its line in characters. The count is the same for the
 * same code on any machine. Example: a search that starts at character 10 of a line of 50 costs 41.
 */
function countWork(engine: RegexEngine): RegexEngine {
  return {
    createString: (line) => engine.createString(line),
    createScanner(patterns) {
      const scanner = engine.createScanner(patterns);
      return {
        findNextMatchSync(line, start, options) {
          workLeft -= (typeof line === "string" ? line : line.content).length - start + 1;
          if (workLeft < 0) throw new WorkSpentError();
          return scanner.findNextMatchSync(line, start, options);
        },
      };
    },
  };
}

/** Returns the supported language that a code block names, or undefined. */
function languageOf(code: Element): string | undefined {
  const { className } = code.properties;
  const named = (Array.isArray(className) ? className : []).find((each) => String(each).startsWith("language-"));
  const name = String(named ?? "")
    .slice("language-".length)
    .toLowerCase();
  const language = Object.hasOwn(aliases, name) ? aliases[name] : name;
  return language !== undefined && Object.hasOwn(languages, language) ? language : undefined;
}

/**
 * Wraps the tokens of all code in the tree in spans with a class for their kind. Uses no inline styles, which the
 * page's CSP forbids.
 */
export async function highlight(tree: Root): Promise<void> {
  let budget = mostWork;
  for (const pre of elementsOf(tree)) {
    const [code] = pre.children;
    if (pre.tagName !== "pre" || code?.type !== "element") continue;
    const language = languageOf(code);
    if (language === undefined) continue;
    pre.properties.dataLanguage = language;
    const source = textOf(code);
    if (budget <= 0 || source.length > longestCode) continue;
    const highlighter = await highlighterOf(language);
    workLeft = budget;
    code.children = coloured(source, language, highlighter);
    budget = workLeft;
  }
}

async function highlighterOf(language: string): Promise<HighlighterCore> {
  loading ??= load();
  const highlighter = await loading;
  await highlighter.loadLanguage(languages[language]?.() ?? []);
  return highlighter;
}

function coloured(code: string, language: string, highlighter: HighlighterCore): ElementContent[] {
  try {
    const lines = highlighter.codeToTokensBase(code.replace(/\n$/, ""), {
      lang: languageNames[language] ?? language,
      theme: "kinds",
      tokenizeMaxLineLength: longestLine,
      // In milliseconds; 0 turns the limit off. The HTML must not depend on the load of the machine.
      tokenizeTimeLimit: 0,
    });
    return lines.flatMap((line, index) => [...(index > 0 ? [text("\n")] : []), ...line.map(wordOf)]);
  } catch (error) {
    if (error instanceof WorkSpentError) return [text(code)];
    throw error;
  }
}

function wordOf({ content, color }: ThemedToken): ElementContent {
  const kind = kindOf(color);
  return kind ? element("span", { className: [`code-${kind}`] }, [text(content)]) : text(content);
}

const languageNames: Readonly<Record<string, string>> = { bash: "shellscript", js: "javascript", ts: "typescript" };
