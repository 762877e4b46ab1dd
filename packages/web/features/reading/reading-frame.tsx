import type { ReactNode } from "react";
import { common } from "../../copy/common.ts";
import { reading } from "../../copy/reading.ts";
import { PageLink } from "../../lib/ui/link/page-link.tsx";
import { Logo } from "../../lib/ui/logo.tsx";
import { ThemeChoice } from "../../lib/ui/theme/theme-choice.tsx";
import { feedFormats, feedPath } from "./feed/feed-paths.ts";
import type { Scope } from "./scope.ts";
import { paths } from "./site.ts";

const link = "inline-flex min-h-control items-center rounded-sm font-medium hover:text-accent";

/**
 * The frame of the blog's pages. Its links are plain anchors: the linked pages are cached at the edge, and no script is
 * needed to load them.
 */
export function ReadingFrame({ scope, children }: { scope?: Scope | undefined; children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 sm:px-6">
      <a href="#content" className="skip-link">
        {common.skipToContent}
      </a>
      <header className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3 print:hidden">
        <a href="/" aria-label={common.home} className="rounded-sm">
          <Logo />
        </a>
        <nav aria-label={reading.nav} className="flex flex-wrap items-center gap-x-6">
          <a href={paths.blog} className={link}>
            {reading.blog}
          </a>
          <a href={paths.archive} className={link}>
            {reading.archive}
          </a>
          <a href="/write" className={link}>
            {reading.write}
          </a>
        </nav>
      </header>
      <main id="content" tabIndex={-1} className="flex-1 pt-6 pb-24 sm:pt-12">
        {children}
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 border-t border-rule py-6 text-sm text-muted print:hidden">
        <nav aria-label={reading.feeds} className="flex flex-wrap gap-x-6 gap-y-2">
          {feedFormats.map((format) => (
            <span key={format} className="flex min-h-6 min-w-6 items-center">
              <PageLink href={feedPath(format, scope)}>{reading.feedNames[format]}</PageLink>
            </span>
          ))}
        </nav>
        <ThemeChoice />
      </footer>
    </div>
  );
}
