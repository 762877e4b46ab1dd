/** The message that a child process sends after it has evaluated an order. The process then exits. */
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
  // Values that depend on a rejected one never settle, so the evaluation ends here. Wait 300 ms to report other
  // rejections too.
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
