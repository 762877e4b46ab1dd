import * as brand from "@daybook/core/brand";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { CopyButton } from "../../../lib/ui/copy-button.tsx";

const words = secondFactorWords.steps.codes;
const fileName = `${brand.id}-recovery-codes.txt`;

/** Shows the recovery codes, which are shown only once, with actions to copy, download and print them. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone(): void }) {
  const text = codes.join("\n");
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${words.fileTitle}\n\n${text}\n`)}`;
  return (
    <div className="space-y-5" data-print-alone>
      <div data-copied>
        <div className="flex items-center justify-between gap-3 text-sm text-muted">
          {words.label}
          <CopyButton />
        </div>
        <code className="block rounded-md bg-wash p-4 font-mono text-sm leading-7 whitespace-pre">{text}</code>
      </div>
      <div className="flex flex-wrap gap-3 print:hidden">
        <a
          href={file}
          download={fileName}
          className="inline-flex min-h-control items-center rounded-md border border-edge bg-sheet px-5 font-semibold hover:border-accent hover:text-accent"
        >
          {words.download}
        </a>
        <Button onClick={() => window.print()}>{words.print}</Button>
        <Button look="primary" onClick={onDone}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}
