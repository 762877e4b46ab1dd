import { CopyButton } from "../../lib/ui/copy-button.tsx";

/** A block of code with a title. Long lines wrap, so none of it is cut off. */
export function CodeBlock({ title, children }: { title: string; children: string }) {
  return (
    <figure data-copied className="overflow-hidden rounded-lg border border-rule bg-sheet">
      <figcaption className="flex min-h-10 items-center justify-between gap-3 border-b border-rule pr-1 pl-4 text-sm text-muted">
        {title}
        <CopyButton />
      </figcaption>
      <pre className="px-4 py-3 font-mono text-[0.8125rem]/6 wrap-anywhere whitespace-pre-wrap">
        <code>{children}</code>
      </pre>
    </figure>
  );
}

/** An example of a JSON body. */
export const JsonBlock = ({ title, value }: { title: string; value: unknown }) => (
  <CodeBlock title={title}>{JSON.stringify(value, null, 2)}</CodeBlock>
);
