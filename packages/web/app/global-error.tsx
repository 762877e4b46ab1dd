"use client";

import "./globals.css";
import ErrorPage from "./error.tsx";

/** Stands in for the whole document, when not even its frame can be shown. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Something went wrong · Daybook</title>
      </head>
      <body className="font-sans antialiased">
        <ErrorPage reset={reset} />
      </body>
    </html>
  );
}
