import { uploadTypes } from "@daybook/core/media/media.limits";
import type { ComponentProps } from "react";

interface FilePickerProps extends Pick<ComponentProps<"input">, "ref" | "multiple" | "aria-label"> {
  onFiles(files: readonly File[]): void;
}

/** Hidden input for picture files. A click on it opens the file dialog. */
export const FilePicker = ({ onFiles, ...input }: FilePickerProps) => (
  <input
    {...input}
    type="file"
    hidden
    // HEIC is converted where the browser can decode it, and otherwise refused with advice.
    accept={[...uploadTypes, "image/heic", "image/heif", ".heic", ".heif"].join()}
    onChange={({ currentTarget }) => {
      onFiles([...(currentTarget.files ?? [])]);
      // Allow choosing the same file again.
      currentTarget.value = "";
    }}
  />
);
