import type { MediaId } from "@daybook/core/ids";
import clsx from "clsx";
import { useId, useRef } from "react";
import { pictureWords } from "../../copy/pictures.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Picture } from "../../lib/ui/picture.tsx";
import { FilePicker } from "./file-picker.tsx";
import { UploadProgress } from "./upload-progress.tsx";
import { usePicture } from "./use-pictures.ts";
import { useUploads } from "./use-uploads.ts";

interface PictureFieldProps {
  readonly label: string;
  readonly mediaId: MediaId | null;
  /** Labels of its buttons. */
  readonly choose: string;
  readonly remove: string;
  /** Shows the picture in a circle, for an avatar. */
  readonly round?: boolean;
  onChange(mediaId: MediaId | null): void;
}

/** Field for one picture, chosen from a file. */
export function PictureField({ label, mediaId, choose, remove, round = false, onChange }: PictureFieldProps) {
  const problemId = useId();
  const picker = useRef<HTMLInputElement>(null);
  const picture = usePicture(mediaId);
  const { uploads, add, remove: removeUpload } = useUploads({ onEnd: (_, uploaded) => uploaded && onChange(uploaded) });
  const [upload] = uploads;
  const isGoing = upload?.state === "going";
  return (
    <fieldset aria-describedby={upload?.state === "failed" ? problemId : undefined}>
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="flex flex-wrap items-center gap-3">
        {picture && (
          <div
            className={clsx(
              "shrink-0 overflow-hidden border border-rule",
              round ? "size-16 rounded-full [&_img]:size-full [&_img]:object-cover" : "w-32 rounded-md",
            )}
          >
            <Picture picture={picture} alt="" sizes={round ? "4rem" : "8rem"} />
          </div>
        )}
        <Button aria-disabled={isGoing} onClick={() => isGoing || picker.current?.click()}>
          {choose}
        </Button>
        {mediaId !== null && (
          <Button look="quiet" onClick={() => onChange(null)}>
            {remove}
          </Button>
        )}
        <FilePicker
          ref={picker}
          aria-label={label}
          onFiles={(files) => {
            if (upload) removeUpload(upload.id);
            void add(files);
          }}
        />
      </div>
      <div role="status" className="text-sm not-empty:mt-2">
        {upload?.state === "going" && <UploadProgress name={label} progress={upload.progress} />}
        {upload?.state === "still" && <p className="text-muted">{pictureWords.still(upload.name)}</p>}
        {upload?.state === "failed" && (
          <p id={problemId} className="font-medium text-danger">
            {upload.problem}
          </p>
        )}
      </div>
    </fieldset>
  );
}
