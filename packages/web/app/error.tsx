"use client";

import { lazy, Suspense } from "react";
import { plainFailure } from "../copy/errors.static.ts";
import type { ErrorViewProps } from "../features/errors/error-view.tsx";

const Plain = () => <p role="alert">{plainFailure}</p>;

/** Every page would load it, and hardly any needs it: it comes with the first error, or a few words do. */
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
