import "./picture.css";
import { type PictureData, sourcesOf } from "@daybook/core/media/media.sources";
import clsx from "clsx";

interface PictureProps {
  readonly picture: PictureData;
  readonly alt: string;
  /** The displayed width (the `sizes` attribute), from which the browser chooses a variant. */
  readonly sizes: string;
  /** Whether readers see the picture first, so that it is not lazy-loaded. */
  readonly eager?: boolean;
  readonly className?: string;
}

/**
 * A picture in the variant that fits, as wide as its box, or with the class `picture-natural` at most as wide as the
 * picture itself. It reserves its space and shows a tiny placeholder until it has loaded.
 */
export function Picture({ picture, alt, sizes, eager = false, className }: PictureProps) {
  const { width, height, placeholder, transparent } = picture;
  const { avif, webp, src } = sourcesOf(picture);
  return (
    <span className={clsx("picture", transparent && "picture-transparent", className)}>
      {!transparent && (
        // A placeholder would show through.
        // biome-ignore lint/performance/noImgElement: the placeholder is a few bytes, inlined in the page.
        <img src={placeholder} alt="" width={width} height={height} aria-hidden="true" />
      )}
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
