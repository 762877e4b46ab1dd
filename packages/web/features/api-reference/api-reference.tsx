import { problems, problemType } from "@daybook/core/contract/problem";
import { apiReference as words } from "../../copy/api-reference.ts";
import { Introduction } from "./introduction.tsx";
import { Method, OperationSection } from "./operation-section.tsx";
import { groups, schemas } from "./reference.ts";
import { Rows, Words } from "./rows.tsx";
import { membersOf } from "./schema-words.ts";

const titleOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const others = [
  ["try-it", words.tryIt.title],
  ["problems", words.problems],
  ["schemas", words.schemas],
] as const;

const link = "inline-block min-h-6 rounded-sm hover:text-accent hover:underline hover:underline-offset-4";

function Contents() {
  return (
    <nav
      aria-label={words.contents}
      className="text-sm lg:sticky lg:top-0 lg:max-h-dvh lg:-mx-1.5 lg:w-63 lg:shrink-0 lg:self-start lg:overflow-y-auto lg:px-1.5 lg:pt-12 lg:pb-8"
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3 lg:grid-cols-1">
        {groups.map(({ name, operations }) => (
          <li key={name}>
            <a href={`#feature-${name}`} className={`${link} font-semibold`}>
              {titleOf(name)}
            </a>
            <ul>
              {operations.map(({ id, method }) => (
                <li key={id} className="flex items-baseline gap-2 wrap-anywhere">
                  <Method className="hidden w-12 shrink-0 text-xs lg:inline">{method}</Method>
                  <a href={`#${id}`} className={`${link} text-muted`}>
                    {id}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
        <li>
          <ul>
            {others.map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`} className={`${link} font-semibold`}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </li>
      </ul>
    </nav>
  );
}

const chapter = "scroll-mt-6 font-serif text-heading font-medium";

function ProblemCatalogue() {
  return (
    <section className="space-y-4">
      <h2 id="problems" className={chapter}>
        {words.problems}
      </h2>
      <dl className="divide-y divide-rule border-y border-rule">
        {Object.entries(problems).map(([code, { status, title }]) => (
          <div key={code} id={`problem-${code}`} className="scroll-mt-6 gap-x-6 py-2.5 sm:flex">
            <dt className="shrink-0 wrap-anywhere sm:w-72">
              <span className="mr-3 font-mono text-sm font-semibold">{status}</span>
              <code className="font-mono text-sm">{code}</code>
            </dt>
            <dd className="text-sm text-muted">{title}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">
        <Words>{words.problemType(problemType("internal-error").replace(/[^:]+$/, ""))}</Words>
      </p>
    </section>
  );
}

function Schemas() {
  return (
    <section className="space-y-8">
      <h2 id="schemas" className={chapter}>
        {words.schemas}
      </h2>
      {schemas.map(([name, schema]) => (
        <section key={name} className="space-y-3">
          <h3 id={`schema-${name}`} className="scroll-mt-6 text-xl font-semibold">
            {name}
          </h3>
          <Rows rows={membersOf(schema)} />
        </section>
      ))}
    </section>
  );
}

/** The API reference: contents, general rules, operations, problems and schemas. */
export function ApiReference() {
  return (
    <div className="gap-x-12 space-y-10 lg:flex lg:space-y-0">
      <Contents />
      <div className="min-w-0 flex-1 space-y-16 lg:pt-12">
        <Introduction />
        {groups.map(({ name, operations }) => (
          <section key={name} className="space-y-10">
            <h2 id={`feature-${name}`} className={chapter}>
              {titleOf(name)}
            </h2>
            {operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
        <ProblemCatalogue />
        <Schemas />
      </div>
    </div>
  );
}
