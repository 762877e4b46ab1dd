import type { ReactNode } from "react";
import { common } from "../../../copy/common.ts";
import { Logo } from "../logo.tsx";
import { ThemeChoice } from "../theme/theme-choice.tsx";

interface PlainPageProps {
  /** Links at the top. */
  readonly nav?: ReactNode;
  /** The footer's content beside the theme choice. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * The frame of pages for everyone. Its links are plain anchors: the linked pages are cached at the edge, and no script
 * is needed to load them.
 */
export const PlainPage = ({ nav, footer, children }: PlainPageProps) => (
  <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 sm:px-6">
    <a href="#content" className="skip-link">
      {common.skipToContent}
    </a>
    <header className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3 print:hidden">
      <a href="/" aria-label={common.home} className="rounded-sm">
        <Logo />
      </a>
      {nav}
    </header>
    <main id="content" tabIndex={-1} className="flex-1 pt-6 pb-24 sm:pt-12">
      {children}
    </main>
    <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 border-t border-rule py-6 text-sm text-muted print:hidden">
      {footer}
      <ThemeChoice />
    </footer>
  </div>
);
