import "./globals.css";
import * as brand from "@daybook/core/brand";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { LocalBar } from "../features/local/local-bar.tsx";
import { fonts } from "../lib/ui/theme/fonts.ts";

export const metadata: Metadata = {
  title: { default: `${brand.name}: ${brand.tagline.toLowerCase()}`, template: `%s · ${brand.name}` },
  description: brand.description,
  metadataBase: new URL(brand.origin),
  openGraph: { siteName: brand.name, title: brand.name, description: brand.description, type: "website" },
  icons: { icon: { url: "/icon.svg", type: "image/svg+xml" }, apple: "/apple-touch-icon.png" },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: brand.paper.light },
    { media: "(prefers-color-scheme: dark)", color: brand.paper.dark },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script sets an attribute that the server did not render.
    <html lang="en" className={`${fonts} has-data-local-bar:scroll-pb-14`} suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body className="font-sans antialiased">
        {children}
        <LocalBar />
      </body>
    </html>
  );
}
