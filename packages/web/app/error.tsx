"use client";

import { Button } from "../lib/ui/button.tsx";
import { Heading } from "../lib/ui/heading.tsx";
import { Page } from "../lib/ui/page.tsx";

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <Page>
      <Heading>Something went wrong</Heading>
      <p className="mt-4 text-muted">This page could not be shown. What you saved is safe.</p>
      <Button look="primary" onClick={reset} className="mt-8">
        Try again
      </Button>
    </Page>
  );
}
