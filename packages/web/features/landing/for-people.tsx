import { common } from "../../copy/common.ts";
import { landing } from "../../copy/landing.ts";
import { ButtonLink } from "../../lib/ui/button.tsx";
import { SampleList } from "./sample-list.tsx";

/** The first screen: the headline, a list to try, and the links to sign up and in. */
export function Hero() {
  return (
    <section className="grid items-start gap-x-16 gap-y-14 lg:min-h-[33rem] lg:grid-cols-[minmax(0,11fr)_minmax(0,10fr)] lg:pt-8">
      <div className="lg:pt-4">
        <h1 className="font-serif text-display font-medium">{landing.headline}</h1>
        <p className="mt-6 max-w-[34rem] text-lead text-muted">{landing.lead}</p>
        <div className="mt-9 flex flex-wrap gap-3">
          <ButtonLink href="/sign-up" look="primary">
            {common.signUp}
          </ButtonLink>
          <ButtonLink href="/sign-in">{common.signIn}</ButtonLink>
        </div>
        <p className="mt-6 text-sm text-muted">{landing.free}</p>
      </div>
      <SampleList />
    </section>
  );
}

/** The product's three promises. */
export function Promises() {
  const { title, entries } = landing.promises;
  return (
    <section aria-labelledby="promises" className="mt-20 sm:mt-28">
      <h2 id="promises" className="sr-only">
        {title}
      </h2>
      <ul className="grid gap-x-12 gap-y-10 md:grid-cols-3">
        {entries.map((entry) => (
          <li key={entry.title} className="border-t border-ink pt-5">
            <h3 className="font-serif text-heading font-medium">{entry.title}</h3>
            <p className="mt-2 text-muted">{entry.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
