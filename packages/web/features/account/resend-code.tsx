import { useState } from "react";
import { publicApi } from "../../lib/api.ts";
import { problemInWords } from "../../lib/problem-words.ts";
import { TextButton } from "../../lib/ui/button.tsx";

/** Has another code mailed, and says so. */
export function ResendCode({ email }: { email: string | undefined }) {
  const [outcome, setOutcome] = useState("");
  const [pending, setPending] = useState(false);

  async function resend(to: string) {
    setPending(true);
    setOutcome("");
    const said = await publicApi.resendConfirmation({ body: { email: to } }).then(
      () => "A new code is on its way. Only the newest one counts.",
      (error: unknown) => problemInWords(error),
    );
    setOutcome(said);
    setPending(false);
  }

  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
      {email && (
        <TextButton aria-disabled={pending} onClick={() => !pending && void resend(email)}>
          Send another one
        </TextButton>
      )}
      <span role="status">{outcome}</span>
    </div>
  );
}
