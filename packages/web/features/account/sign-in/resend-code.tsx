import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import { type Code, codeSentAt, markCodeSent } from "./pending-account.ts";
import { useCountdown } from "./use-countdown.ts";

/** Minimum wait between two emails in milliseconds. Email takes time, and only the latest code is valid. */
const waitMs = 30_000;

interface ResendCodeProps {
  readonly code: Code;
  /** Sends another code by email. */
  send(): Promise<unknown>;
}

/** Sends another code by email, at most once per `waitMs`, and shows the result. */
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
