/** A picture in the API. Sizes are in pixels; variants are sorted by ascending width. */
export interface PictureData {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** A thumbnail of a few pixels, as a data URL. */
  readonly placeholder: string;
  /** Whether parts of the picture are transparent. False if missing. */
  readonly transparent?: boolean;
  readonly variants: readonly { readonly url: string; readonly type: string; readonly width: number }[];
}

/** Returns the path of a picture. Pictures are on the page's origin, so a path is enough. */
const pathOf = (url: string) => new URL(url, "http://localhost").pathname;

const sourceSet = ({ variants }: PictureData, type: string) =>
  variants.flatMap((each) => (each.type === type ? [`${pathOf(each.url)} ${each.width}w`] : [])).join(", ");

/** Returns the source sets by format, and a fallback source for browsers that support neither. */
export function sourcesOf(picture: PictureData): {
  readonly avif: string;
  readonly webp: string;
  readonly src: string;
} {
  const widest = picture.variants.findLast(({ type }) => type === "image/webp");
  return {
    avif: sourceSet(picture, "image/avif"),
    webp: sourceSet(picture, "image/webp"),
    src: pathOf(widest?.url ?? ""),
  };
}
