import type { MediaUpload } from "@daybook/core/media/media";

/** Storage refused the file, the connection failed, or the upload form has expired. */
export class FileNotTakenError extends Error {
  override readonly name = "FileNotTakenError";
}

interface SendOptions {
  readonly signal: AbortSignal;
  /**
   * Called while sending.
   * @param part fraction sent, from 0 to 1
   */
  onProgress(part: number): void;
}

/**
 * Posts a file directly to storage, with the form that the API signed. Uses XMLHttpRequest, because `fetch` does not
 * report upload progress.
 * @throws FileNotTakenError, or the reason of the signal if it aborts
 */
export function sendFile(file: File, { url, fields }: MediaUpload["upload"], options: SendOptions): Promise<void> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new FileNotTakenError(`The storage answered ${request.status}`));
    request.onerror = () => reject(new FileNotTakenError("The storage cannot be reached"));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    signal.throwIfAborted();
    request.open("POST", url);
    request.send(form);
  });
}
