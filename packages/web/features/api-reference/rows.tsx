import type { JsonSchema } from "@daybook/core/contract/openapi.schema";
import { createElement, Fragment } from "react";
import { apiReference as words } from "../../copy/api-reference.ts";
import { rulesOf, typeOf } from "./schema-words.ts";

const marks = /(`[^`]+`|\[[^\]]+\]\([^)]+\))/;

function marked(part: string) {
  const [, code, text, place] = /^(?:`(.+)`|\[(.+)\]\((.+)\))$/.exec(part) ?? [];
  if (code) return <code>{code}</code>;
  if (!text) return part;
  return (
    <a href={place} className="rounded-sm text-accent underline underline-offset-4 hover:text-accent-strong">
      {text}
    </a>
  );
}

/**
 * Renders a sentence: text in backquotes as code, and `[words](#place)` as links. The parts are not a list, because its
 * keys would be part of the page.
 */
export const Words = ({ children }: { children: string }) =>
  createElement(Fragment, null, ...children.split(marks).map(marked));

/** A member of a body, or a parameter. */
interface Row {
  readonly name: string;
  /** Where a parameter is: in the path, the query or a header. */
  readonly in?: string;
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly schema: JsonSchema;
}

const notesOf = (schema: JsonSchema, description: string | undefined) =>
  ["", description ?? [], rulesOf(schema)].flat().join(" · ");

/** The members of a body or the parameters of an operation, one per line. */
export const Rows = ({ rows }: { rows: readonly Row[] }) => (
  <dl className="divide-y divide-rule border-y border-rule">
    {rows.map(({ name, in: place, required, schema, description = schema.description }) => (
      <div key={name} className="gap-x-6 py-2.5 sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <dt className="wrap-anywhere">
          <code className="font-mono text-sm font-semibold">{name}</code>{" "}
          <span className="text-sm text-muted">{[place ?? [], required ? [] : words.optional].flat().join(", ")}</span>
        </dt>
        <dd className="text-sm/6 text-muted wrap-anywhere">
          <span className="font-mono text-ink">
            <Words>{typeOf(schema)}</Words>
          </span>
          <Words>{notesOf(schema, description)}</Words>
        </dd>
      </div>
    ))}
  </dl>
);
