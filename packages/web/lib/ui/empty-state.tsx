import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** The empty state of a list: blank lines of the ledger, an explanation, and an action. */
export const EmptyState = ({ title, action, children }: EmptyStateProps) => (
  <div className="ledger">
    <div className="py-8 pr-4 pl-[calc(var(--spacing-margin)+1rem)]">
      <p className="font-serif text-heading font-medium">{title}</p>
      {children && <div className="mt-1 max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-5">{action}</div>}
    </div>
    <div className="h-row" />
    <div className="h-row" />
  </div>
);
