import { landing } from "../../copy/landing.ts";
import { PageLink } from "../../lib/ui/link/page-link.tsx";
import { ArchitecturePicture } from "./architecture-picture.tsx";

const { code, yours, read } = landing;

function Cloud({ title, command, text }: { title: string; command: string; text: string }) {
  return (
    <div className="bg-paper p-6 sm:p-8">
      <h3 className="text-sm font-semibold text-muted">{title}</h3>
      <p className="mt-3 font-mono text-xl">
        <span aria-hidden="true" className="mr-3 text-margin select-none">
          $
        </span>
        <code>{command}</code>
      </p>
      <p className="mt-3 max-w-prose text-muted">{text}</p>
    </div>
  );
}

/** How the product is built, for developers who want to reuse it. */
export function ForDevelopers() {
  return (
    <section aria-labelledby="developers" className="mt-24 sm:mt-36">
      <h2 id="developers" className="scroll-mt-6 font-serif text-title font-medium">
        {code.title}
      </h2>
      <p className="mt-4 max-w-prose text-lead text-muted">{code.lead}</p>
      <div className="mt-10 grid gap-px border-y border-rule bg-rule md:grid-cols-2">
        <Cloud {...code.laptop} />
        <Cloud {...code.aws} />
      </div>
      <h3 className="mt-16 font-serif text-heading font-medium">{code.picture}</h3>
      <p className="mt-1 mb-8 text-muted">{code.pictureHint}</p>
      <ArchitecturePicture />
    </section>
  );
}

/** The files to change for a product of your own, and links to the docs. */
export function MakeItYours() {
  return (
    <div className="mt-20 grid gap-x-16 gap-y-14 lg:grid-cols-2">
      <section aria-labelledby="yours">
        <h2 id="yours" className="font-serif text-heading font-medium">
          {yours.title}
        </h2>
        <p className="mt-2 text-muted">{yours.lead}</p>
        <dl className="mt-5 ledger">
          {yours.places.map(({ file, text }) => (
            <div key={file} className="py-3 pr-2 pl-[calc(var(--spacing-margin)+1rem)]">
              <dt className="font-mono text-sm wrap-anywhere">{file}</dt>
              <dd className="text-sm text-muted">{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="read">
        <h2 id="read" className="font-serif text-heading font-medium">
          {read.title}
        </h2>
        <ul className="mt-5 border-t border-rule lg:mt-13">
          {read.links.map(({ href, title, text }) => (
            <li key={href} className="border-b border-rule py-3">
              <PageLink href={href}>{title}</PageLink>
              <p className="text-sm text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
