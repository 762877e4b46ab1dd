import type { Metadata } from "next";
import { ApiReference } from "../../../features/api-reference/api-reference.tsx";
import { Heading } from "../../../lib/ui/heading.tsx";
import { Page } from "../../../lib/ui/page.tsx";
import { apiReference } from "../../../words/api-reference.ts";

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
