import type { Metadata } from "next";
import { apiReference } from "../../../copy/api-reference.ts";
import { ApiReference } from "../../../features/api-reference/api-reference.tsx";
import { Heading } from "../../../lib/ui/layout/heading.tsx";
import { Page } from "../../../lib/ui/layout/page.tsx";

export const metadata: Metadata = { title: apiReference.title, description: apiReference.description };

// Made once, when the app is built, from the contract that the API itself is made of.
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
