import clsx from "clsx";
import architecture from "./architecture.json" with { type: "json" };

// Drawn from infra/graph.local.json by `npm run architecture`.
const { width, height, shapes, parts } = architecture;

/** The classes of texts and lines, by their role, and of a text's anchor. */
const looks: Readonly<Record<string, string>> = {
  name: "fill-ink font-serif text-[1.25rem] font-medium",
  note: "fill-muted text-[0.875rem]",
  head: "fill-muted text-[0.875rem]",
  number: "fill-muted text-[0.875rem] tabular-nums",
  path: "fill-ink font-mono text-[0.8125rem]",
  middle: "[text-anchor:middle]",
  end: "[text-anchor:end]",
  flow: "stroke-accent stroke-[1.5]",
  check: "stroke-accent stroke-[1.5] [stroke-dasharray:4_4]",
  rule: "stroke-rule",
  margin: "stroke-margin",
  tally: "stroke-accent stroke-[1.6] [stroke-linecap:round]",
};

function Shape({ kind, role = "", d, text, anchor = "", ...place }: (typeof shapes)[number]) {
  if (kind === "box") return <rect {...place} rx={6} className="fill-sheet stroke-edge" />;
  if (kind === "line") return <path d={d} fill="none" className={looks[role]} />;
  return (
    <text {...place} className={clsx(looks[role], looks[anchor])}>
      {text}
    </text>
  );
}

/** The architecture, generated from the resource graph: a picture on wide screens, and sentences on narrow ones. */
export function ArchitecturePicture() {
  return (
    <>
      {/* Hidden from screen readers, which read the sentences below. */}
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="hidden h-auto w-full lg:block">
        {shapes.map((shape, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no id, and their order never changes.
          <Shape key={index} {...shape} />
        ))}
      </svg>
      <ul className="ledger lg:sr-only">
        {parts.map(({ name, text }) => (
          <li key={name} className="py-3 pr-2 pl-[calc(var(--spacing-margin)+1rem)] text-sm text-muted">
            <strong className="block font-serif text-lg font-medium text-ink">{name}</strong> {text}
          </li>
        ))}
      </ul>
    </>
  );
}
