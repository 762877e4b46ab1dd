import * as brand from "@daybook/core/brand";
import { design } from "../../copy/design.ts";
import { Logo, Mark } from "../../lib/ui/logo.tsx";
import { MotionDemo } from "./demos.tsx";
import { Section } from "./section.tsx";
import { Swatches } from "./swatches.tsx";

const faces = [
  ["text-display", "font-serif text-display font-medium"],
  ["text-title", "font-serif text-title font-medium"],
  ["text-heading", "font-serif text-heading font-medium"],
  ["text-lead", "text-lead"],
  ["text-base", "text-base"],
  ["text-sm", "text-sm"],
  ["text-xs", "text-xs"],
] as const;

const heights = [
  ["control", "h-control"],
  ["row", "h-row"],
  ["margin", "h-margin"],
] as const;
const steps = ["w-1", "w-2", "w-3", "w-4", "w-6", "w-8", "w-12", "w-16", "w-24"] as const;
const radii = ["rounded-sm", "rounded-md", "rounded-lg", "rounded-xl"] as const;

/** Color, type, space, motion and the logo. */
export function Foundations() {
  return (
    <>
      <Section id="colour" lead={design.colour.lead} both>
        <Swatches />
      </Section>
      <Section id="type" lead={design.type.lead}>
        <ul className="ledger">
          {faces.map(([name, face]) => (
            <li key={name} className="items-baseline gap-6 py-3 pl-[calc(var(--spacing-margin)+1rem)] sm:flex">
              <span className="block w-32 shrink-0 font-mono text-sm text-muted">{name}</span>
              <span className={`${face} block min-w-0 wrap-anywhere`}>{design.type.sample}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="space" lead={design.space.lead}>
        <div className="grid gap-10 lg:grid-cols-2">
          <ul className="space-y-2">
            {steps.map((step) => (
              <li key={step} className="flex items-center gap-4 font-mono text-sm text-muted">
                <span className="w-12">{step.replace("w-", "")}</span>
                <span className={`${step} h-3 bg-accent`} />
              </li>
            ))}
          </ul>
          <div className="space-y-6">
            <ul className="flex gap-4">
              {heights.map(([name, height]) => (
                <li key={name} className="flex-1 text-sm text-muted">
                  <span className={`${height} mb-2 block border-y border-accent bg-wash`} />
                  <span className="block font-mono text-ink">{name}</span>
                  {design.space.named[name]}
                </li>
              ))}
            </ul>
            <ul aria-label={design.space.radii} className="flex gap-4">
              {radii.map((radius) => (
                <li key={radius} className="flex-1 font-mono text-sm text-muted">
                  <span className={`${radius} mb-2 block h-12 border border-edge bg-sheet`} />
                  {radius}
                </li>
              ))}
            </ul>
          </div>
        </div>
      </Section>
      <Section id="motion" lead={design.motion.lead}>
        <MotionDemo />
      </Section>
      <Section id="logo" lead={design.logo.lead} both>
        <div className="flex flex-wrap items-center gap-8" title={brand.name}>
          <Mark className="size-24" />
          <Mark className="size-12" />
          <Mark className="size-8" />
          <Mark className="size-4" />
          <Logo />
        </div>
      </Section>
    </>
  );
}
