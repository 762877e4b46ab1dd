/** A picture as the API describes it: sizes in pixels, and its variants, from narrow to wide. */
export interface PictureData {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** The picture in a few pixels, as a data URL. */
  readonly placeholder: string;
  readonly variants: readonly { readonly url: string; readonly type: string; readonly width: number }[];
}

/** Pictures are served from the page's own origin, so a path is enough. */
const pathOf = (url: string) => new URL(url, "http://localhost").pathname;

const sourceSet = ({ variants }: PictureData, type: string) =>
  variants.flatMap((each) => (each.type === type ? [`${pathOf(each.url)} ${each.width}w`] : [])).join(", ");

/** What the elements of a picture name: sets of sources by their format, and the source for a browser that knows neither. */
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
