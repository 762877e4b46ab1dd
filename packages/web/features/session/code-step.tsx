import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import type { CodeStepProps } from "./code-step.parts.tsx";

const codeStepParts = onDemand(() => import("./code-step.parts.tsx"));

/** Second step of signing in, for users with a second factor. Its code is loaded on demand. */
export function CodeStep({ open, ...props }: CodeStepProps & { open: boolean }) {
  const parts = usePart(codeStepParts, open);
  return open && parts && <parts.LoadedCodeStep {...props} />;
}
