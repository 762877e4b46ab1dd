import { writingWords } from "../../../copy/writing.ts";
import { Kbd } from "../../../lib/ui/kbd.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";

const words = writingWords.shortcuts;

/** Lists the keyboard shortcuts of the editor. */
export const ShortcutsHelp = ({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) => (
  <Dialog open={open} onOpenChange={onOpenChange} title={words.title}>
    <dl>
      {words.rows.map(({ keys, does }) => (
        <div
          key={does}
          className="flex min-h-9 items-center justify-between gap-4 border-rule border-b py-1 last:border-0"
        >
          <dt className="order-2 flex shrink-0 items-center gap-1.5">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd className="min-w-0">{does}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
