import type { ReactNode } from "react";
import { reading } from "../../copy/reading.ts";
import { PlainPage } from "../../lib/ui/layout/plain-page.tsx";
import { PageLink } from "../../lib/ui/link/page-link.tsx";
import { feedFormats, feedPath } from "./feed/feed-paths.ts";
import type { Scope } from "./scope.ts";
import { paths } from "./site.ts";

const link = "inline-flex min-h-control items-center rounded-sm font-medium hover:text-accent";

/** The frame of the blog's pages. */
export const ReadingFrame = ({ scope, children }: { scope?: Scope | undefined; children: ReactNode }) => (
  <PlainPage nav={<ReadingNav />} footer={<Feeds scope={scope} />}>
    {children}
  </PlainPage>
);

export const ReadingNav = () => (
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
);

export const Feeds = ({ scope }: { scope?: Scope | undefined }) => (
  <nav aria-label={reading.feeds} className="flex flex-wrap gap-x-6 gap-y-2">
    {feedFormats.map((format) => (
      <span key={format} className="flex min-h-6 min-w-6 items-center">
        <PageLink href={feedPath(format, scope)}>{reading.feedNames[format]}</PageLink>
      </span>
    ))}
  </nav>
);
