import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import { type Code, codeSentAt, markCodeSent } from "./pending-account.ts";
import { useCountdown } from "./use-countdown.ts";

/** A mail needs some time; whoever asks again at once would get several codes, of which only the last one counts. */
const waitMs = 30_000;

interface ResendCodeProps {
  readonly code: Code;
  /** Has another code mailed. */
  send(): Promise<unknown>;
}

/** Has another code mailed, not too often, and says what came of it. */
export function ResendCode({ code, send }: ResendCodeProps) {
  const [sentAt, setSentAt] = useState(() => codeSentAt(code) ?? 0);
  const [outcome, setOutcome] = useState("");
  const [pending, setPending] = useState(false);
  const left = useCountdown(sentAt + waitMs);

  async function resend() {
    setPending(true);
    setOutcome("");
    try {
      await send();
      markCodeSent(code);
      setSentAt(Date.now());
      setOutcome(accountWords.code.resent);
    } catch (error) {
      setOutcome(problemInWords(error));
    }
    setPending(false);
  }

  const waits = pending || left > 0;
  return (
    <div className="space-y-1 text-sm">
      <TextButton className="min-h-6 tabular-nums" aria-disabled={waits} onClick={() => !waits && void resend()}>
        {left > 0 ? accountWords.code.resendIn(left) : accountWords.code.resend}
      </TextButton>
      <p role="status">{outcome}</p>
    </div>
  );
}
