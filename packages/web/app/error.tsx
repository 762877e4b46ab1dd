"use client";

import { lazy, Suspense } from "react";
import { plainFailure } from "../copy/errors.static.ts";
import type { ErrorViewProps } from "../features/errors/error-view.tsx";

const Plain = () => <p role="alert">{plainFailure}</p>;

/**
 * Loads the view on the first error only, since every page would carry it and few need it. If it does not load, a plain
 * sentence stands in.
 */
const ErrorView = lazy(() =>
  import("../features/errors/error-view.tsx").catch((): { default: typeof Plain } => ({ default: Plain })),
);

export default function ErrorPage(props: ErrorViewProps) {
  return (
    <Suspense fallback={null}>
      <ErrorView {...props} />
    </Suspense>
  );
}
