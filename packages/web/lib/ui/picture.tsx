import "./picture.css";
import clsx from "clsx";

/** A picture as the API describes it: sizes in pixels, and its variants, from narrow to wide. */
export interface PictureData {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** The picture in a few pixels, as a data URL. */
  readonly placeholder: string;
  readonly variants: readonly { readonly url: string; readonly type: string; readonly width: number }[];
}

interface PictureProps {
  readonly picture: PictureData;
  readonly alt: string;
  /** How wide it is shown, for the browser to choose a variant before it knows the style sheet. */
  readonly sizes: string;
  /** Whether it is among the first that a reader sees. */
  readonly eager?: boolean;
  readonly className?: string;
}

/** Pictures are on the page's own origin, whatever that is called where the page is shown. */
const pathOf = (url: string) => new URL(url, "http://localhost").pathname;

const sourceSet = ({ variants }: PictureData, type: string) =>
  variants.flatMap((each) => (each.type === type ? [`${pathOf(each.url)} ${each.width}w`] : [])).join(", ");

/** A picture in the variant that fits, which takes its room before it is there; until then, a few of its pixels are. */
export function Picture({ picture, alt, sizes, eager = false, className }: PictureProps) {
  const { width, height, placeholder } = picture;
  const webp = sourceSet(picture, "image/webp");
  const widest = picture.variants.filter(({ type }) => type === "image/webp").at(-1);
  return (
    <span className={clsx("picture", className)}>
      {/* biome-ignore lint/performance/noImgElement: it is a few bytes that are here already. */}
      <img src={placeholder} alt="" width={width} height={height} aria-hidden="true" />
      <picture>
        <source type="image/avif" srcSet={sourceSet(picture, "image/avif")} sizes={sizes} />
        <img
          src={pathOf(widest?.url ?? "")}
          srcSet={webp}
          sizes={sizes}
          alt={alt}
          width={width}
          height={height}
          loading={eager ? "eager" : "lazy"}
          fetchPriority={eager ? "high" : "auto"}
          decoding="async"
        />
      </picture>
    </span>
  );
}
