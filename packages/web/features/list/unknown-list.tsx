import { listWords } from "../../copy/list.ts";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { UrlStateLink } from "../url-state/url-state-link.tsx";

const words = listWords.unknown;

/** Shown in place of a list that does not exist, or that was deleted. */
export function UnknownList() {
  const action = (
    <UrlStateLink
      to={{ show: "all" }}
      className="inline-flex min-h-control items-center font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {words.action}
    </UrlStateLink>
  );
  return (
    <EmptyState title={words.title} action={action}>
      {words.text}
    </EmptyState>
  );
}
