import clsx from "clsx";
import type { ReactNode } from "react";
import { apiReference as words } from "../../copy/api-reference.ts";
import { CodeBlock, JsonBlock } from "./code-block.tsx";
import { type Body, type ReferenceOperation, resolved } from "./reference.ts";
import { Rows, Words } from "./rows.tsx";
import { membersOf, typeOf } from "./schema-words.ts";

const hues: Readonly<Record<string, string>> = { GET: "text-accent", DELETE: "text-danger" };

/** The method of an operation. GET and DELETE have their own colors. */
export const Method = ({ children, className }: { children: string; className?: string }) => (
  <span className={clsx("font-mono font-semibold", hues[children] ?? "text-ink", className)}>{children}</span>
);

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="space-y-3">
    <h4 className="text-sm font-semibold text-muted">{title}</h4>
    {children}
  </div>
);

const RequestBody = ({ mediaTypes, schema, example }: Body) => (
  <Part title={words.body(mediaTypes)}>
    <Rows rows={membersOf(resolved(schema))} />
    <JsonBlock title={words.bodyExample} value={example} />
  </Part>
);

const Answer = ({ status, description, headers = {}, body }: ReferenceOperation["answers"][number]) => (
  <div className="space-y-3">
    <p>
      <span className="font-mono font-semibold">{status}</span> <Words>{description}</Words>
      {body && (
        <>
          {": "}
          <span className="font-mono text-sm">
            <Words>{typeOf(body.schema)}</Words>
          </span>
        </>
      )}
    </p>
    {Object.keys(headers).length > 0 && (
      <p className="text-sm text-muted">
        {words.headers}: <span className="font-mono">{Object.keys(headers).join(", ")}</span>
      </p>
    )}
    {body && <JsonBlock title={words.answerExample(status)} value={body.example} />}
  </div>
);

const Problems = ({ status, codes }: ReferenceOperation["problems"][number]) => (
  <li className="flex gap-3">
    <span className="font-mono font-semibold">{status}</span>
    <span className="flex flex-wrap gap-x-3 gap-y-1.5">
      {codes.length === 0 && <span className="text-muted">{words.gatewayRefusal}</span>}
      <Words>{codes.map((code) => `[${code}](#problem-${code})`).join(" ")}</Words>
    </span>
  </li>
);

/** One operation: its purpose, callers, parameters, body, responses and problems. */
export function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, caller, parameters, request, answers, problems, curl } = operation;
  return (
    <article aria-labelledby={id} className="space-y-6 border-t border-rule pt-8">
      <header className="space-y-3">
        <h3 id={id} className="scroll-mt-6 text-xl font-semibold">
          <a href={`#${id}`} className="rounded-sm">
            {id}
          </a>
        </h3>
        <p className="rounded-lg bg-note-soft px-4 py-2 text-sm wrap-anywhere">
          <Method className="mr-3">{method}</Method>
          <span className="font-mono">{path}</span>
        </p>
        <p>
          <Words>{summary.replace(/[.]?$/, ".")}</Words>
        </p>
        <p className="text-sm text-muted">{caller}</p>
      </header>
      {parameters.length > 0 && (
        <Part title={words.parameters}>
          <Rows rows={parameters} />
        </Part>
      )}
      {request && <RequestBody {...request} />}
      <CodeBlock title={words.onYourLaptop}>{curl}</CodeBlock>
      <Part title={words.answers}>
        {answers.map((answer) => (
          <Answer key={answer.status} {...answer} />
        ))}
      </Part>
      <Part title={words.problems}>
        <ul className="space-y-1.5 text-sm">
          {problems.map((problem) => (
            <Problems key={problem.status} {...problem} />
          ))}
        </ul>
      </Part>
    </article>
  );
}
