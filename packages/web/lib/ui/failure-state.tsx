import { common } from "../../copy/common.ts";
import { errors } from "../../copy/errors.ts";
import { problemInWords } from "../problem-words.ts";
import { requestIdOf } from "../request-id.ts";
import { Button } from "./button.tsx";
import { RequestId } from "./request-id.tsx";

interface FailureStateProps {
  readonly error: unknown;
  /** The action that failed; by default, loading the content. */
  readonly title?: string;
  retry(): void;
}

/** Shown in place of content that could not be loaded: the error, the request id, and a retry button. */
export function FailureState({ error, title = errors.notLoaded, retry }: FailureStateProps) {
  const requestId = requestIdOf(error);
  return (
    <div role="alert" className="border-l-2 border-margin py-2 pl-5">
      <p className="font-serif text-heading font-medium">{title}</p>
      <p className="mt-1 max-w-prose text-muted">{problemInWords(error)}</p>
      {requestId && <RequestId id={requestId} />}
      <Button onClick={retry} className="mt-5">
        {common.tryAgain}
      </Button>
    </div>
  );
}
