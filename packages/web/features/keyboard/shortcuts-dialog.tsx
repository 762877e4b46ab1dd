import { todoWords } from "../../copy/todo.ts";
import { Switch } from "../../lib/ui/form/switch.tsx";
import { Kbd } from "../../lib/ui/kbd.tsx";
import { Dialog } from "../../lib/ui/overlay/dialog.tsx";
import { setSingleKeys, useSingleKeys } from "./single-keys.ts";

const words = todoWords.shortcuts;

/** Lists the shortcuts, and lets the user switch single keys off. */
export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const singleKeys = useSingleKeys();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.title}>
      <div className="space-y-6">
        {words.groups.map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-1 text-sm font-semibold text-muted">{title}</h3>
            <dl>
              {rows.map((row) => (
                <div
                  key={row.does}
                  className="flex min-h-9 items-center justify-between gap-4 border-rule border-b py-1 last:border-0"
                >
                  <dt className="order-2 flex shrink-0 items-center gap-1.5">
                    <Keys keys={row.keys} />
                    {"or" in row && (
                      <>
                        <span className="text-sm text-muted">{words.or}</span>
                        <Keys keys={row.or} />
                      </>
                    )}
                  </dt>
                  <dd className="min-w-0">{row.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Switch checked={singleKeys} onChange={setSingleKeys} label={words.singleKeys} hint={words.singleKeysHint} />
      </div>
    </Dialog>
  );
}

function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key) => <Kbd key={key}>{key}</Kbd>);
}
