import type { ReactNode } from "react";
import { apiReference as words } from "../../copy/api-reference.ts";
import { nameOf, type Parameter, type Schema } from "./document.ts";
import { membersOf, rulesOf, typeOf } from "./schema-words.ts";

const linked = "rounded-sm text-accent underline underline-offset-4 hover:text-accent-strong";

/** A link to another part of the reference. */
export const Reference = ({ to, children }: { to: string; children: ReactNode }) => (
  <a href={`#${to}`} className={linked}>
    {children}
  </a>
);

/** The type of a value. A named type links to its description. */
export function Type({ schema }: { schema: Schema }) {
  const name = nameOf(schema);
  const item = schema.items && nameOf(schema.items);
  if (name !== undefined) return <Reference to={`schema-${name}`}>{name}</Reference>;
  if (item === undefined) return typeOf(schema);
  return (
    <>
      {words.arrayOf} <Reference to={`schema-${item}`}>{item}</Reference>
    </>
  );
}

/** Renders a sentence: text in backquotes as code, and `[words](#place)` as links. */
export function Words({ children }: { children: string }) {
  const parts = children.split(/`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/);
  return parts.map((part, index) => {
    const place = `${index} ${part}`;
    if (index % 4 === 0) return part;
    if (index % 4 === 1) return part && <code key={place}>{part}</code>;
    return (
      index % 4 === 2 &&
      part && (
        <a key={place} href={parts[index + 1]} className={linked}>
          {part}
        </a>
      )
    );
  });
}

function Row({ name, hint, schema, text }: { name: string; hint: string; schema: Schema; text: string | undefined }) {
  const notes = [text ?? schema.description, ...rulesOf(schema)].filter((note) => note !== undefined);
  return (
    <div className="gap-x-6 py-2.5 sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <dt className="wrap-anywhere">
        <code className="font-mono text-sm font-semibold">{name}</code>{" "}
        <span className="text-sm text-muted">{hint}</span>
      </dt>
      <dd className="text-sm/6 wrap-anywhere">
        <span className="font-mono">
          <Type schema={schema} />
        </span>
        {notes.length > 0 && (
          <span className="text-muted">
            {" · "}
            <Words>{notes.join(" · ")}</Words>
          </span>
        )}
      </dd>
    </div>
  );
}

const rows = "divide-y divide-rule border-y border-rule";

/** The members of a body, one per line. */
export function Members({ schema }: { schema: Schema }) {
  return (
    <dl className={rows}>
      {membersOf(schema).map(({ path, schema: member, required }) => (
        <Row key={path} name={path} hint={required ? "" : words.optional} schema={member} text={undefined} />
      ))}
    </dl>
  );
}

/** The parameters of an operation, one per line. */
export function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  return (
    <dl className={rows}>
      {parameters.map(({ name, in: place, required, description, schema }) => (
        <Row
          key={`${place} ${name}`}
          name={name}
          hint={required ? place : `${place}, ${words.optional}`}
          schema={schema}
          text={description}
        />
      ))}
    </dl>
  );
}
