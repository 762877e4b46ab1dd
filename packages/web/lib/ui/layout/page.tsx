import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { blogLink } from "../../../copy/blog-links.ts";
import { common } from "../../../copy/common.ts";
import { PageLink } from "../link/page-link.tsx";
import { TextLink } from "../link/text-link.tsx";
import { Logo } from "../logo.tsx";
import { ThemeChoice } from "../theme/theme-choice.tsx";

interface PageProps {
  readonly actions?: ReactNode;
  /** The footer's content beside the theme choice; by default, links to the public pages. */
  readonly footer?: ReactNode;
  /** For reference pages, which need more width than text. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

const publicLinks = (
  <nav aria-label={common.footer} className="flex flex-wrap gap-x-6 gap-y-2">
    {/* #region blog */}
    <PageLink href={blogLink.href}>{blogLink.name}</PageLink>
    {/* #endregion blog */}
    <TextLink href="/docs/api">{common.apiReference}</TextLink>
    <TextLink href="/design">{common.design}</TextLink>
  </nav>
);

/** The frame of public pages: the logo and `actions` at the top, one column, and a footer. */
export function Page({ actions, footer = publicLinks, wide = false, children }: PageProps) {
  return (
    <div className={clsx("mx-auto flex min-h-dvh flex-col px-4 sm:px-6", wide ? "max-w-6xl" : "max-w-2xl")}>
      <a href="#content" className="skip-link">
        {common.skipToContent}
      </a>
      <header className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
        <Link href="/" aria-label={common.home} className="rounded-sm">
          <Logo />
        </Link>
        {actions}
      </header>
      <main id="content" tabIndex={-1} className="flex-1 pt-6 pb-24 sm:pt-12">
        {children}
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 border-t border-rule py-6 text-sm text-muted">
        {footer}
        <ThemeChoice />
      </footer>
    </div>
  );
}
