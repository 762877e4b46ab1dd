import type { Metadata } from "next";
import { ButtonLink } from "../lib/ui/button.tsx";
import { Heading } from "../lib/ui/heading.tsx";
import { Page } from "../lib/ui/page.tsx";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <Page>
      <Heading>There is nothing here</Heading>
      <p className="mt-4 text-muted">The address may be mistyped, or the page has moved.</p>
      <ButtonLink href="/" className="mt-8">
        Go to the start
      </ButtonLink>
    </Page>
  );
}
