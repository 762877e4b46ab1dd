import Link from "next/link";
import type { ReactNode } from "react";

/** The frame of every page: the name at the top, what `actions` are there, and one narrow column. */
export function Page({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-2xl flex-col px-4 sm:px-6">
      <header className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
        <Link href="/" className="rounded-sm text-lg font-bold tracking-tight">
          Daybook
        </Link>
        {actions}
      </header>
      <main className="flex-1 pt-6 pb-32 sm:pt-12">{children}</main>
    </div>
  );
}
