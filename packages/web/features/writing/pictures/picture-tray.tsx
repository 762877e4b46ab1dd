import { altLength } from "@daybook/core/published/published-post.limits";
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { pictureWords } from "../../../copy/pictures.ts";
import { writingWords } from "../../../copy/writing.ts";
import { lengthInWords } from "../../../lib/length.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import { Checkbox } from "../../../lib/ui/form/checkbox.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { Picture } from "../../../lib/ui/picture.tsx";
import { UploadProgress } from "../../pictures/upload-progress.tsx";
import { usePicture } from "../../pictures/use-pictures.ts";
import type { Upload, useUploads } from "../../pictures/use-uploads.ts";
import { isUndescribed, type PictureReference, picturesIn, withAlt, withDecorative } from "./picture-references.ts";

const words = writingWords.pictures;

interface PictureTrayProps {
  readonly body: string;
  readonly editable: boolean;
  readonly uploads: ReturnType<typeof useUploads>;
  onChange(body: string): void;
}

/**
 * Shows running uploads, and pictures without an alternative text. A picture stays until its row is finished, so that
 * the field does not disappear while the user types. Example: typing "c" into the field of a new picture keeps the row
 * until Enter or blur.
 */
export function PictureTray({ body, editable, uploads, onChange }: PictureTrayProps) {
  const pictures = picturesIn(body);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const missing = pictures.filter(isUndescribed).map(({ id }) => id);
  const isNew = missing.some((id) => !asked.has(id));
  if (isNew) setAsked(new Set([...asked, ...missing]));
  const shown = pictures.flatMap((picture, i) => (asked.has(picture.id) ? [{ picture, number: i + 1 }] : []));
  const close = (id: string) => setAsked(new Set([...asked].filter((each) => each !== id)));

  return (
    <section
      data-kept
      aria-label={words.heading}
      aria-live="polite"
      className="space-y-3 not-empty:border-b not-empty:py-4 border-rule"
    >
      {uploads.uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} onRemove={() => uploads.remove(upload.id)} />
      ))}
      {shown.map(({ picture, number }) => (
        <AltRow
          // A picture can be used twice in a text.
          key={`${picture.id}-${number}`}
          picture={picture}
          number={number}
          editable={editable}
          onChange={(alt) => onChange(withAlt(body, picture, alt))}
          onDecorative={(on) => onChange(withDecorative(body, picture, on))}
          onDone={() => !isUndescribed(picture) && altProblem(picture) === undefined && close(picture.id)}
        />
      ))}
    </section>
  );
}

const altProblem = ({ alt }: PictureReference) => lengthInWords(alt, altLength);

interface AltRowProps {
  readonly picture: PictureReference;
  readonly number: number;
  readonly editable: boolean;
  onChange(alt: string): void;
  onDecorative(on: boolean): void;
  onDone(): void;
}

function AltRow({ picture, number, editable, onChange, onDecorative, onDone }: AltRowProps) {
  const known = usePicture(picture.id);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Focus the field only if nothing has the focus, such as after choosing a file. Do not interrupt typing: if the
    // text editor has the focus, it keeps it.
    if (document.activeElement === document.body) row.current?.querySelector("input")?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notices when the focus leaves the row.
    <div
      ref={row}
      data-testid="picture"
      className="flex items-start gap-4"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) onDone();
      }}
    >
      <div className="w-20 shrink-0 overflow-hidden rounded-md border border-rule">
        {known && <Picture picture={known} alt="" sizes="5rem" />}
      </div>
      <div className="min-w-0 flex-1">
        <Field
          name={`alt-${number}`}
          label={words.altFor(number)}
          hint={words.altHint}
          dir="auto"
          autoComplete="off"
          value={picture.alt}
          readOnly={!editable}
          disabled={picture.decorative}
          error={altProblem(picture)}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && onDone()}
        />
        <Checkbox
          label={words.decorative}
          checked={picture.decorative}
          disabled={!editable}
          onChange={onDecorative}
          className="mt-2 text-sm"
        />
      </div>
    </div>
  );
}

function UploadRow({ upload, onRemove }: { upload: Upload; onRemove(): void }) {
  const { name } = upload;
  if (upload.state === "still")
    return (
      <div role="status" data-testid="upload" className="flex items-center gap-3 bg-note-soft pl-4">
        <p className="min-w-0 flex-1 py-2 wrap-anywhere">{pictureWords.still(name)}</p>
        <IconButton bare label={words.dismiss} onClick={onRemove}>
          <X aria-hidden className="size-5" />
        </IconButton>
      </div>
    );
  if (upload.state === "failed")
    return (
      <div role="alert" data-testid="upload" className="flex items-center gap-3 bg-danger-soft ps-4 text-danger">
        <p className="min-w-0 flex-1 py-2 wrap-anywhere">{words.failed(name, upload.problem)}</p>
        <IconButton bare label={words.dismiss} onClick={onRemove}>
          <X aria-hidden className="size-5" />
        </IconButton>
      </div>
    );
  return (
    <div data-testid="upload" className="flex items-center gap-3 text-sm">
      <p className="min-w-0 flex-1 truncate">{words.uploading(name)}</p>
      <UploadProgress name={name} progress={upload.progress} />
      <IconButton label={words.cancel(name)} onClick={onRemove}>
        <X aria-hidden className="size-5" />
      </IconButton>
    </div>
  );
}
