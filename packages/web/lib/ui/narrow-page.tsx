import type { ReactNode } from "react";
import { Heading } from "./heading.tsx";
import { Page } from "./page.tsx";

/** A page that asks for a few things: a heading, a form, and where else to go. */
export function NarrowPage({ title, footer, children }: { title: string; footer?: ReactNode; children: ReactNode }) {
  return (
    <Page>
      <div className="mx-auto max-w-sm space-y-6">
        <Heading>{title}</Heading>
        {children}
        {footer && <p className="text-muted">{footer}</p>}
      </div>
    </Page>
  );
}
