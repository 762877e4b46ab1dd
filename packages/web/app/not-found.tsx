import type { Metadata } from "next";
import { ButtonLink } from "../lib/ui/button.tsx";
import { EmptyState } from "../lib/ui/empty-state.tsx";
import { Heading } from "../lib/ui/heading.tsx";
import { Page } from "../lib/ui/page.tsx";
import { errors } from "../words/errors.ts";

const { notFound } = errors;

export const metadata: Metadata = { title: notFound.pageTitle };

export default function NotFound() {
  return (
    <Page>
      <p className="mb-2 font-mono text-sm text-muted">{notFound.status}</p>
      <Heading>{notFound.title}</Heading>
      <div className="mt-8">
        <EmptyState
          title={notFound.blank}
          action={
            <div className="flex flex-wrap gap-3">
              <ButtonLink href="/todos" look="primary">
                {notFound.todos}
              </ButtonLink>
              <ButtonLink href="/">{notFound.home}</ButtonLink>
            </div>
          }
        >
          {notFound.text}
        </EmptyState>
      </div>
    </Page>
  );
}
