import { listWords } from "../../copy/list.ts";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { PlaceLink } from "../place/place-link.tsx";

const words = listWords.unknown;

/** What stands where a list would be that there is not, or not any more. */
export function UnknownList() {
  const action = (
    <PlaceLink
      place={{ show: "all" }}
      className="inline-flex min-h-control items-center font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {words.action}
    </PlaceLink>
  );
  return (
    <EmptyState title={words.title} action={action}>
      {words.text}
    </EmptyState>
  );
}
