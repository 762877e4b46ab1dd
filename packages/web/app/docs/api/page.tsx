import type { Metadata } from "next";
import { apiReference } from "../../../copy/api-reference.ts";
import { ApiReference } from "../../../features/api-reference/api-reference.tsx";
import { Heading } from "../../../lib/ui/layout/heading.tsx";
import { Page } from "../../../lib/ui/layout/page.tsx";

export const metadata: Metadata = { title: apiReference.title, description: apiReference.description };

// Rendered once, at build time, from the same contract that the API implements.
export const dynamic = "force-static";

export default function ApiReferencePage() {
  return (
    <Page wide>
      <Heading>{apiReference.title}</Heading>
      <div className="mt-6 lg:mt-0">
        <ApiReference />
      </div>
    </Page>
  );
}
