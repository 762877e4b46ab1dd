import { errors } from "../../copy/errors.ts";
import { CopyButton } from "./copy-button.tsx";

/** The id of a failed request, for support: it identifies the log lines. */
export const RequestId = ({ id }: { id: string }) => (
  <p data-copied className="mt-3 flex flex-wrap items-center gap-x-2 text-sm text-muted">
    {errors.requestId}
    <code className="rounded-sm bg-wash px-1.5 py-0.5 font-mono wrap-anywhere text-ink">{id}</code>
    <CopyButton />
  </p>
);
