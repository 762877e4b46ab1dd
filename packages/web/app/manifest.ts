import * as brand from "@daybook/core/brand";
import type { MetadataRoute } from "next";

/** The web app manifest, which a device uses when the app is installed. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: brand.name,
    short_name: brand.name,
    description: brand.description,
    id: "/todos",
    start_url: "/todos",
    scope: "/",
    display: "standalone",
    lang: "en",
    dir: "ltr",
    categories: ["productivity"],
    background_color: brand.paper.light,
    theme_color: brand.paper.light,
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/icon-192.png", type: "image/png", sizes: "192x192" },
      { src: "/icon-512.png", type: "image/png", sizes: "512x512" },
      { src: "/icon-maskable-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
    ],
  };
}
