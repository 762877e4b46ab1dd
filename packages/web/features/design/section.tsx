import type { ReactNode } from "react";
import { design } from "../../copy/design.ts";

interface SectionProps {
  readonly id: keyof typeof design.sections;
  readonly lead?: string;
  /** Whether to show the children twice: in the light and in the dark theme. */
  readonly both?: boolean;
  readonly children: ReactNode;
}

/** A section of the page with its heading. */
export const Section = ({ id, lead, both = false, children }: SectionProps) => (
  <section aria-labelledby={id} className="border-t border-rule pt-8">
    <h2 id={id} className="scroll-mt-6 font-serif text-heading font-medium">
      {design.sections[id]}
    </h2>
    {lead && <p className="mt-2 max-w-prose text-muted">{lead}</p>}
    <div className="mt-6">{both ? <Both>{children}</Both> : children}</div>
  </section>
);

const Both = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-4 lg:grid-cols-2">
    {(["light", "dark"] as const).map((theme) => (
      <figure
        key={theme}
        data-theme={theme}
        className="space-y-6 rounded-lg border border-rule bg-paper p-5 text-ink sm:p-6"
      >
        <figcaption className="sr-only">{design[theme]}</figcaption>
        {children}
      </figure>
    ))}
  </div>
);

/** An example with its name. */
export const Specimen = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <p className="mb-2 text-sm text-muted">{name}</p>
    <div className="flex flex-wrap items-center gap-3">{children}</div>
  </div>
);
