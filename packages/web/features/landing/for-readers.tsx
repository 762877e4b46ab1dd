import { blog } from "../../copy/landing.blog.ts";
import { ButtonLink, PageButtonLink } from "../../lib/ui/button.tsx";

/** Introduces the blog, with a sample post. */
export function ForReaders() {
  return (
    <section
      aria-labelledby="blog"
      className="mt-24 grid items-start gap-x-16 gap-y-12 sm:mt-36 lg:grid-cols-[minmax(0,10fr)_minmax(0,11fr)]"
    >
      <div className="lg:col-start-2 lg:row-start-1 lg:pt-16">
        <h2 id="blog" className="font-serif text-title font-medium">
          {blog.title}
        </h2>
        <p className="mt-4 max-w-prose text-lead text-muted">{blog.lead}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <PageButtonLink href="/blog">{blog.read}</PageButtonLink>
          <ButtonLink href="/write">{blog.write}</ButtonLink>
        </div>
      </div>
      <SamplePost />
    </section>
  );
}

function SamplePost() {
  const { label, title, byline, length, opening, quote, closing } = blog.sample;
  return (
    <section
      aria-label={label}
      className="rounded-lg border border-rule bg-sheet p-7 font-serif text-lead shadow-lift sm:p-10 lg:col-start-1 lg:row-start-1"
    >
      <h3 className="text-title font-medium">{title}</h3>
      <p className="mt-3 flex gap-x-3 font-sans text-sm text-muted">
        <span className="font-semibold text-ink">{byline}</span>
        <span>{length}</span>
      </p>
      <p className="mt-6">{opening}</p>
      <p className="my-6 border-l-2 border-margin pl-5 text-muted italic">{quote}</p>
      <p>{closing}</p>
    </section>
  );
}
