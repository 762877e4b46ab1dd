import { Bold, Code, Heading2, Image, Italic, Link as LinkIcon, List, ListOrdered, TextQuote } from "lucide-react";
import { Toolbar as Radix } from "radix-ui";
import { useRef } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import { FilePicker } from "../../pictures/file-picker.tsx";
import type { Format } from "./formatting.ts";

const words = writingWords.toolbar;

/** The formats with their shortcuts, as in `aria-keyshortcuts`. On a Mac, Command replaces Control. */
export const formats = [
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

/** Buttons that format the selected text or add pictures. Arrow keys move between them. */
export function Toolbar({ disabled, onFormat, onFiles }: ToolbarProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Radix.Root aria-label={words.label} className="-ms-3 flex max-sm:w-[calc(100%+1.5rem)]">
      {formats.map(({ format, icon: Icon, keys }) => (
        <Radix.Button key={format} asChild disabled={disabled}>
          <IconButton
            className={narrow}
            label={words[format]}
            aria-keyshortcuts={keys}
            // Keep the selection of the editor.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onFormat(format)}
          >
            <Icon aria-hidden className="size-4.5" />
          </IconButton>
        </Radix.Button>
      ))}
      <Radix.Button asChild disabled={disabled}>
        <IconButton className={narrow} label={words.picture} onClick={() => picker.current?.click()}>
          <Image aria-hidden className="size-4.5" />
        </IconButton>
      </Radix.Button>
      <FilePicker ref={picker} multiple aria-label={writingWords.pictures.choose} onFiles={onFiles} />
    </Radix.Root>
  );
}
