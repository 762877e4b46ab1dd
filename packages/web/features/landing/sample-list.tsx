import { landing } from "../../copy/landing.ts";
import { CheckboxBox } from "../../lib/ui/form/checkbox.tsx";

const { sample } = landing;

/**
 * A sample list that works without JavaScript: the checkboxes keep their own state, and CSS strikes titles through and
 * counts.
 */
export function SampleList() {
  return (
    <section
      aria-label={sample.label}
      className="rounded-lg border border-rule margin-line bg-sheet pb-4 shadow-lift [counter-reset:left]"
    >
      <h2 className="pt-7 pb-5 pl-[calc(var(--spacing-margin)+1.25rem)] font-serif text-title font-medium">
        {sample.title}
      </h2>
      <ul className="ledger">
        {sample.todos.map((todo, index) => (
          <li key={todo.title} className="group">
            <label htmlFor={`sample-${index}`} className="flex min-h-row items-center pr-5">
              <span className="grid w-[calc(var(--spacing-margin)-1px)] shrink-0 place-items-center">
                <CheckboxBox
                  id={`sample-${index}`}
                  defaultChecked={todo.completed}
                  className="[&>input:not(:checked)]:[counter-increment:left]"
                />
              </span>
              <span className="min-w-0 flex-1 py-3 pl-5">
                <span className="stroke group-has-checked:stroke-drawn">{todo.title}</span>
              </span>
              {"due" in todo && <span className="pl-3 text-sm text-muted group-has-checked:invisible">{todo.due}</span>}
            </label>
          </li>
        ))}
      </ul>
      <p
        aria-hidden="true"
        className="pt-4 pl-[calc(var(--spacing-margin)+1.25rem)] text-sm text-muted tabular-nums before:content-[counter(left)_'_']"
      >
        {sample.left}
      </p>
    </section>
  );
}
