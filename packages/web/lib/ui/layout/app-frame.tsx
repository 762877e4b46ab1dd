"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { common } from "../../../copy/common.ts";
import { IconButton } from "../button.tsx";
import { Logo } from "../logo.tsx";
import { Drawer } from "../overlay/dialog.tsx";
import { Toasts } from "../toast/toast.tsx";
import { Heading } from "./heading.tsx";

interface AppFrameProps {
  readonly title: string;
  /** Whether the title is for screen readers only, because the page shows its subject itself. */
  readonly titleHidden?: boolean;
  /** The actions on the whole page, beside its title. */
  readonly actions?: ReactNode;
  /** The sidebar. On narrow screens it is a drawer, which `close` and links in it close. */
  readonly sidebar?: (close: () => void) => ReactNode;
  /** The sync state, at the top. */
  readonly sync?: ReactNode;
  /** The account menu, at the top right. */
  readonly account?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of all pages for signed-in users. It also shows the toasts. */
export function AppFrame({ title, titleHidden = false, actions, sidebar, sync, account, children }: AppFrameProps) {
  const [drawerOpen, setDrawerOpen] = useState(false);
  const close = () => setDrawerOpen(false);
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 sm:px-6">
      <a href="#content" className="skip-link">
        {common.skipToContent}
      </a>
      <header className="flex min-h-16 items-center gap-2 print:hidden">
        {sidebar && (
          <IconButton
            label={common.openMenu}
            aria-expanded={drawerOpen}
            onClick={() => setDrawerOpen(true)}
            className="-ml-2 wide:hidden"
          >
            <MenuIcon aria-hidden className="size-5" />
          </IconButton>
        )}
        <Link href="/todos" aria-label={common.brand} className="rounded-sm">
          <Logo />
        </Link>
        <AppNavigation />
        <div className="ml-auto flex min-w-0 items-center gap-1">
          {sync}
          {account}
        </div>
      </header>
      <div className="flex flex-1 gap-12">
        {sidebar && (
          // The padding at the sides has room for focus rings, which a scrolling element cuts off.
          <aside className="sticky top-0 -mx-1.5 hidden max-h-dvh w-63 shrink-0 self-start overflow-y-auto px-1.5 pt-10 pb-8 wide:block print:hidden">
            {sidebar(close)}
          </aside>
        )}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 pt-4 pb-32 sm:pt-8 print:p-0">
          <div className={titleHidden ? "sr-only" : "mb-6 flex items-start justify-between gap-4"}>
            <Heading>{title}</Heading>
            {actions && <div className="flex shrink-0 items-center gap-1 print:hidden">{actions}</div>}
          </div>
          {children}
        </main>
      </div>
      {sidebar && (
        <Drawer open={drawerOpen} onOpenChange={setDrawerOpen} title={common.menu}>
          {sidebar(close)}
        </Drawer>
      )}
      <Toasts />
    </div>
  );
}

/** The links to the main sections. On narrow screens, the account menu contains them. */
function AppNavigation() {
  const path = usePathname();
  return (
    <nav aria-label={common.books} className="ml-4 flex gap-1 max-sm:hidden">
      {common.bookLinks.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className="grid min-h-control place-items-center rounded-md px-3 text-sm font-medium text-muted transition-colors hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-margin aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
