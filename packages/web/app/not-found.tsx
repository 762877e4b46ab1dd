import type { Metadata } from "next";
import { errors } from "../copy/errors.ts";
import { Feeds, ReadingNav } from "../features/reading/reading-frame.tsx";
import { EmptyState } from "../lib/ui/empty-state.tsx";
import { PlainPage } from "../lib/ui/layout/plain-page.tsx";
import { PageLink } from "../lib/ui/link/page-link.tsx";

const { notFound } = errors;

export const metadata: Metadata = { title: notFound.pageTitle };

/** The not-found page. Next.js includes it in every page, so it adds no client components. */
export default function NotFound() {
  return (
    <PlainPage
      // #region blog
      nav={<ReadingNav />}
      footer={<Feeds />}
      // #endregion blog
    >
      <div className="mx-auto max-w-3xl">
        <p className="mb-2 font-mono text-sm text-muted">{notFound.status}</p>
        <h1 className="font-serif text-title font-medium">{notFound.title}</h1>
        <div className="mt-8">
          <EmptyState
            title={notFound.blank}
            action={
              <div className="flex flex-wrap gap-x-6 gap-y-3">
                <PageLink href="/todos">{notFound.todos}</PageLink>
                <PageLink href="/">{notFound.home}</PageLink>
              </div>
            }
          >
            {notFound.text}
          </EmptyState>
        </div>
      </div>
    </PlainPage>
  );
}
