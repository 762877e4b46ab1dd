import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { contentSecurityPolicy, contentSecurityPolicyKey, type Header } from "../lib/security-headers.ts";

/**
 * Gives every page of a build the policy that lets exactly its own inline scripts run. All pages are made at build time and hold
 * nothing of a visitor, so their hashes are known now; the policies go where Next and OpenNext read their header rules from. A page
 * that is made later (on demand, or anew) has no rule here: its inline scripts do not run, rather than any script.
 */
const build = path.join(import.meta.dirname, "../.next");
const everyPath = "/:path*";

interface HeaderRule {
  source: string;
  regex: string;
  headers: Header[];
}

const sha256 = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** The hashes of the scripts that stand in a page itself, each once. */
function inlineScriptHashes(html: string): string[] {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
  const inline = scripts.filter(([, attributes = ""]) => !/\ssrc=/.test(attributes));
  return [...new Set(inline.map(([, , text = ""]) => sha256(text)))];
}

/** The pages of a build by path, with the hashes of their scripts. */
function readPages(server: string): Map<string, string[]> {
  const pages = new Map<string, string[]>();
  for (const file of globSync(["app/**/*.html", "pages/*.html"], { cwd: server })) {
    const route = `/${file.replace(/^(app|pages)\//, "").replace(/(^|\/)index\.html$|\.html$/, "")}`;
    pages.set(route, [
      ...(pages.get(route) ?? []),
      ...inlineScriptHashes(readFileSync(path.join(server, file), "utf8")),
    ]);
  }
  return pages;
}

const isErrorPage = (route: string) => /^\/(404|500|_not-found|_error|_global-error)$/.test(route);

/** One rule for each page; the pages that tell of errors can stand at any path. */
function policyRules(pages: Map<string, string[]>, fallback: HeaderRule): HeaderRule[] {
  const errorHashes = [...pages].filter(([route]) => isErrorPage(route)).flatMap(([, hashes]) => hashes);
  const rule = (hashes: string[]) => [contentSecurityPolicy([...new Set([...hashes, ...errorHashes])])];
  const others = fallback.headers.filter(({ key }) => key !== contentSecurityPolicyKey);
  return [
    { ...fallback, headers: [...others, ...rule([])] },
    ...[...pages]
      .filter(([route]) => !isErrorPage(route))
      .map(([route, hashes]) => ({
        source: route,
        regex: `^${route === "/" ? "" : route.replaceAll(/[^\w/-]/g, "\\$&")}(?:/)?$`,
        headers: rule(hashes),
      })),
  ];
}

const [fallback, ...rest]: HeaderRule[] = JSON.parse(
  readFileSync(path.join(build, "routes-manifest.json"), "utf8"),
).headers;
if (fallback?.source !== everyPath || !fallback.headers.some(({ key }) => key === contentSecurityPolicyKey))
  throw new Error(
    `The build's first header rule is not the one for ${everyPath} with a policy; next.config.ts makes it.`,
  );
const rules = [...policyRules(readPages(path.join(build, "server")), fallback), ...rest];

// OpenNext bundles the copy that a standalone build carries.
const copies = globSync(["routes-manifest.json", "standalone/**/.next/routes-manifest.json"], { cwd: build });
for (const copy of copies.map((file) => path.join(build, file)).filter(existsSync)) {
  const manifest = JSON.parse(readFileSync(copy, "utf8"));
  writeFileSync(copy, JSON.stringify({ ...manifest, headers: rules }));
}
