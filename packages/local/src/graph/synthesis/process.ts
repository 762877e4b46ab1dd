/** The process of its own in which a program is evaluated: it is given an order, answers with a report, and ends. */
import type { RawGraph } from "../raw.ts";
import { evaluate, type Order } from "./evaluate.ts";

export type Report = { readonly graph: RawGraph } | { readonly errors: readonly string[] };

const errors = new Set<string>();

function note(error: unknown): void {
  if (error instanceof AggregateError) for (const each of error.errors) note(each);
  else errors.add(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function answer(report: Report): void {
  process.send?.(report, () => process.exit());
}

process.once("message", (order: Order) => {
  // What depends on a rejected value never settles, so this is the end; others that are rejected as well are reported with it.
  process.on("unhandledRejection", (error) => {
    note(error);
    setTimeout(() => answer({ errors: [...errors] }), 300);
  });
  evaluate(order).then(
    (graph) => answer(errors.size ? { errors: [...errors] } : { graph }),
    (error) => {
      note(error);
      answer({ errors: [...errors] });
    },
  );
});
