import type { ReactNode } from "react";
import { Heading } from "./heading.tsx";
import { Page } from "./page.tsx";

/** A narrow page with a heading, a short form, and links to other pages. */
export function NarrowPage({ title, footer, children }: { title: string; footer?: ReactNode; children: ReactNode }) {
  return (
    <Page>
      <div className="mx-auto max-w-sm">
        <Heading>{title}</Heading>
        <div className="mt-6 space-y-6">{children}</div>
        {footer && <p className="mt-8 border-t border-rule pt-5 text-muted">{footer}</p>}
      </div>
    </Page>
  );
}
