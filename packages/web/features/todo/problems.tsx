import { todoWords } from "../../copy/todo.ts";
import { Button } from "../../lib/ui/button.tsx";
import type { Problem } from "../sync/problems.ts";
import { useProblems } from "../sync/use-engine.ts";

const words = todoWords.problems;

/** The changes that need a decision, above all other content. No change is dropped without the user's consent. */
export function Problems() {
  const problems = useProblems();
  return (
    <section aria-label={words.label} aria-live="polite" className="space-y-3 not-empty:mb-6">
      {problems.map((problem) => (
        <ProblemView key={problem.id} problem={problem} />
      ))}
    </section>
  );
}

function ProblemView({ problem: { text, mine, theirs, choices } }: { problem: Problem }) {
  return (
    <article data-testid="problem" className="border-margin border-l-2 bg-note-soft py-4 pr-4 pl-5">
      <p className="wrap-anywhere">{text}</p>
      {(mine !== undefined || theirs !== undefined) && (
        <dl className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {mine !== undefined && <Version name={words.mine} text={mine} />}
          {theirs !== undefined && <Version name={words.theirs} text={theirs} />}
        </dl>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {choices.map(({ name, run }) => (
          <Button key={name} onClick={run} className="text-sm">
            {name}
          </Button>
        ))}
      </div>
    </article>
  );
}

const Version = ({ name, text }: { name: string; text: string }) => (
  <div>
    <dt className="text-sm text-muted">{name}</dt>
    <dd dir="auto" className="font-medium wrap-anywhere whitespace-pre-line">
      {text}
    </dd>
  </div>
);
