import { type ReactNode, useId } from "react";

/** One section of the account page. On wide screens, its heading takes the left third, and its content the rest. */
export function Section({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="border-t border-rule last:border-b sm:grid sm:grid-cols-[minmax(11rem,1fr)_2fr]"
    >
      <h2 id={id} className="pt-8 pr-4 font-serif text-heading font-medium">
        {heading}
      </h2>
      <div className="pt-4 pb-8 sm:border-l sm:border-margin sm:pt-8 sm:pl-8">
        <div className="max-w-xl space-y-5">{children}</div>
      </div>
    </section>
  );
}
