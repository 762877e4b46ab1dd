import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

interface PageProps {
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  /** For what is looked up rather than read from top to bottom. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of every page: the name at the top, what `actions` are there, one narrow column, and a footer if there is one. */
export function Page({ actions, footer, wide = false, children }: PageProps) {
  return (
    <div className={clsx("mx-auto flex min-h-dvh flex-col px-4 sm:px-6", wide ? "max-w-6xl" : "max-w-2xl")}>
      <header className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
        <Link href="/" className="rounded-sm text-lg font-bold tracking-tight">
          Daybook
        </Link>
        {actions}
      </header>
      <main className="flex-1 pt-6 pb-32 sm:pt-12">{children}</main>
      {footer && <footer className="border-t border-rule py-6 text-sm text-muted">{footer}</footer>}
    </div>
  );
}
