"use client";

import "./globals.css";
import * as brand from "@daybook/core/brand";
import type { ComponentProps } from "react";
import { plainFailure } from "../copy/errors.static.ts";
import { fonts } from "../lib/ui/theme/fonts.ts";
import ErrorPage from "./error.tsx";

/** Replaces the whole document when the root layout fails. */
export default function GlobalError(props: ComponentProps<typeof ErrorPage>) {
  return (
    <html lang="en" className={fonts}>
      <head>
        <title>{`${plainFailure} · ${brand.name}`}</title>
      </head>
      <body className="font-sans antialiased">
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
