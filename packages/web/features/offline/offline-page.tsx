"use client";

import { offlineWords } from "../../copy/offline.ts";
import { Button, PageButtonLink } from "../../lib/ui/button.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";

const words = offlineWords.page;

/** Shown at the URL of a page that needs a network. */
export function OfflinePage() {
  return (
    <NarrowPage title={words.title}>
      <p>{words.text}</p>
      <div className="flex flex-wrap gap-3">
        <PageButtonLink look="primary" href="/todos">
          {words.todos}
        </PageButtonLink>
        <Button onClick={() => location.reload()}>{words.retry}</Button>
      </div>
    </NarrowPage>
  );
}
