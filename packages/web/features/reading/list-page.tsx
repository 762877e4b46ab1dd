import type { ReactNode } from "react";
import { ReadingFrame } from "./reading-frame.tsx";
import type { Scope } from "./scope.ts";

interface ListPageProps {
  readonly title: string;
  readonly lead?: string;
  /** Shown beside the title. */
  readonly beside?: ReactNode;
  /** The posts whose feeds the page links to. */
  readonly scope?: Scope;
  readonly children: ReactNode;
}

/** A page that lists posts. */
export const ListPage = ({ title, lead, beside, scope, children }: ListPageProps) => (
  <ReadingFrame scope={scope}>
    <div className="mx-auto max-w-4xl">
      <header className="mb-10 flex items-center gap-6">
        {beside}
        <div className="min-w-0">
          <h1 dir="auto" className="font-serif text-display font-medium wrap-anywhere">
            {title}
          </h1>
          {lead && (
            <p dir="auto" className="mt-3 max-w-prose text-lead text-muted wrap-anywhere">
              {lead}
            </p>
          )}
        </div>
      </header>
      {children}
    </div>
  </ReadingFrame>
);
