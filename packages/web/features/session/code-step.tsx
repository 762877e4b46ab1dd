import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import type { CodeStepProps } from "./code-step.parts.tsx";

const codeStepParts = onDemand(() => import("./code-step.parts.tsx"));

/** The second step of signing in, for those who have one; its code is loaded when the page is used. */
export function CodeStep({ open, ...props }: CodeStepProps & { open: boolean }) {
  const parts = usePart(codeStepParts, open);
  return open && parts && <parts.LoadedCodeStep {...props} />;
}
