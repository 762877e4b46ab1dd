import type { ReactNode } from "react";
import { TextLink } from "../link/text-link.tsx";
import { Heading } from "./heading.tsx";
import { Page } from "./page.tsx";

interface NarrowPageProps {
  readonly title: string;
  /** Leads to another page, at the end: a question and its answer as a link. */
  readonly other?: { readonly text: string; readonly action: string; readonly href: string };
  readonly children: ReactNode;
}

/** A narrow page with a heading and a short form. */
export function NarrowPage({ title, other, children }: NarrowPageProps) {
  return (
    <Page>
      <div className="mx-auto max-w-sm">
        <Heading>{title}</Heading>
        <div className="mt-6 space-y-6">{children}</div>
        {other && (
          <p className="mt-8 border-t border-rule pt-5 text-muted">
            {other.text} <TextLink href={other.href}>{other.action}</TextLink>
          </p>
        )}
      </div>
    </Page>
  );
}
