import "./picture.css";
import { type PictureData, sourcesOf } from "@daybook/core/markdown/sources";
import clsx from "clsx";

interface PictureProps {
  readonly picture: PictureData;
  readonly alt: string;
  /** How wide it is shown, for the browser to choose a variant before it knows the style sheet. */
  readonly sizes: string;
  /** Whether it is among the first that a reader sees. */
  readonly eager?: boolean;
  readonly className?: string;
}

/**
 * A picture in the variant that fits, which takes its room before it is there; until then, a few of its pixels are.
 * `markdown/article.ts` makes the same elements for those within a text.
 */
export function Picture({ picture, alt, sizes, eager = false, className }: PictureProps) {
  const { width, height, placeholder } = picture;
  const { avif, webp, src } = sourcesOf(picture);
  return (
    <span className={clsx("picture", className)}>
      {/* biome-ignore lint/performance/noImgElement: it is a few bytes that are here already. */}
      <img src={placeholder} alt="" width={width} height={height} aria-hidden="true" />
      <picture>
        <source type="image/avif" srcSet={avif} sizes={sizes} />
        <img
          src={src}
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
