import { uploadTypes } from "@daybook/core/media/media.limits";
import { Bold, Code, Heading2, Image, Italic, Link as LinkIcon, List, ListOrdered, TextQuote } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import type { Format } from "./formatting.ts";

const words = writingWords.toolbar;

const formats = [
  { format: "bold", icon: Bold, keys: "Control+B" },
  { format: "italic", icon: Italic, keys: "Control+I" },
  { format: "heading", icon: Heading2, keys: "Control+Alt+2" },
  { format: "link", icon: LinkIcon, keys: "Control+K" },
  { format: "quote", icon: TextQuote, keys: "Control+Shift+9" },
  { format: "bullets", icon: List, keys: "Control+Shift+8" },
  { format: "numbers", icon: ListOrdered, keys: "Control+Shift+7" },
  { format: "code", icon: Code, keys: "Control+E" },
] as const satisfies readonly { readonly format: Format; readonly icon: unknown; readonly keys: string }[];

/** On a phone, all buttons share one row. */
const narrow = "max-sm:w-auto max-sm:min-w-0 max-sm:flex-1";

interface ToolbarProps {
  readonly disabled: boolean;
  onFormat(format: Format): void;
  onFiles(files: readonly File[]): void;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Moves the focus between the buttons (roving tabindex): arrow keys move inside the toolbar, Tab enters and leaves it.
 * Example: ArrowRight on the last button focuses the first one.
 */
function move(event: KeyboardEvent<HTMLDivElement>) {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const focused = document.activeElement;
  const place = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : 0;
  const step = steps[event.key];
  const next =
    step !== undefined
      ? (place + step + buttons.length) % buttons.length
      : event.key === "Home"
        ? 0
        : event.key === "End"
          ? buttons.length - 1
          : undefined;
  if (next === undefined) return;
  event.preventDefault();
  for (const [i, button] of buttons.entries()) button.tabIndex = i === next ? 0 : -1;
  buttons[next]?.focus();
}

/** Buttons that format the selected text or add pictures. */
export function Toolbar({ disabled, onFormat, onFiles }: ToolbarProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div role="toolbar" aria-label={words.label} className="-ml-3 flex max-sm:w-[calc(100%+1.5rem)]" onKeyDown={move}>
      {formats.map(({ format, icon: Icon, keys }, i) => (
        <IconButton
          key={format}
          className={narrow}
          label={words[format]}
          aria-keyshortcuts={keys}
          tabIndex={i === 0 ? 0 : -1}
          disabled={disabled}
          // Keep the selection of the editor.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onFormat(format)}
        >
          <Icon aria-hidden className="size-4.5" />
        </IconButton>
      ))}
      <IconButton
        className={narrow}
        label={words.picture}
        tabIndex={-1}
        disabled={disabled}
        onClick={() => picker.current?.click()}
      >
        <Image aria-hidden className="size-4.5" />
      </IconButton>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={uploadTypes.join()}
        aria-label={writingWords.pictures.choose}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // Allow choosing the same file again.
          currentTarget.value = "";
        }}
      />
    </div>
  );
}
