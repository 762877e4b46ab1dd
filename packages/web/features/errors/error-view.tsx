import { common } from "../../copy/common.ts";
import { errors } from "../../copy/errors.ts";
import { requestIdOf } from "../../lib/request-id.ts";
import { Button, ButtonLink } from "../../lib/ui/button.tsx";
import { Heading } from "../../lib/ui/layout/heading.tsx";
import { Page } from "../../lib/ui/layout/page.tsx";
import { RequestId } from "../../lib/ui/request-id.tsx";

export interface ErrorViewProps {
  /** `digest` is all that the browser receives of a server error. The server's log contains the same digest. */
  readonly error: Error & { digest?: string };
  reset(): void;
}

/** Replaces the content of a page that failed to render. */
export default function ErrorView({ error, reset }: ErrorViewProps) {
  const id = requestIdOf(error) ?? error.digest;
  return (
    <Page>
      <Heading>{errors.page.title}</Heading>
      <div className="mt-6 border-l-2 border-margin py-1 pl-5">
        <p className="text-muted">{errors.page.text}</p>
        {id && <RequestId id={id} />}
      </div>
      <div className="mt-8 flex flex-wrap gap-3">
        <Button look="primary" onClick={reset}>
          {common.tryAgain}
        </Button>
        <ButtonLink href="/">{errors.page.home}</ButtonLink>
      </div>
    </Page>
  );
}
