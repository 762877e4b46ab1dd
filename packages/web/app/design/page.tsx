import type { Metadata } from "next";
import { design } from "../../copy/design.ts";
import { DesignSystem } from "../../features/design/design-system.tsx";
import { Heading } from "../../lib/ui/layout/heading.tsx";
import { Page } from "../../lib/ui/layout/page.tsx";

export const metadata: Metadata = { title: design.title, description: design.description };

export default function DesignPage() {
  return (
    <Page wide>
      <Heading>{design.title}</Heading>
      <p className="mt-4 max-w-prose text-lead text-muted">{design.lead}</p>
      <DesignSystem />
    </Page>
  );
}
