import type { ProblemCode } from "@daybook/core/contract/problem";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import type * as z from "zod";
import { isProblem, problemInWords, problemsByField } from "../../problem-words.ts";
import type { FieldErrors } from "./field-frame.tsx";
import { askBeforeLeaving } from "./refused.ts";

/** Assigns a problem to a field. `words` replaces the API's detail. */
type FieldProblem = readonly [code: ProblemCode, field: string, words?: string];

interface FormOptions<Schema extends z.ZodObject> {
  /** The schema of the operation, so that the form accepts the same values as the API. */
  readonly schema: Schema;
  /** Converts the form's values into the schema's input. By default, the values of the schema's members. */
  readonly read?: (typed: Readonly<Record<string, FormDataEntryValue>>) => unknown;
  /** The problems that concern one field. */
  readonly problems?: readonly FieldProblem[];
  /** Whether the form shows a field for the second factor if the API asks for it. */
  readonly codeStep?: boolean;
  /** Whether another page follows. The form then stays pending after success, so it is not submitted twice. */
  readonly leaves?: boolean;
  send(values: z.output<Schema>): Promise<void>;
}

/** The state of a form, for `Form`. */
export type FormState = ReturnType<typeof useForm>;

/**
 * A form that validates its fields with the API's schema, sends them, and shows errors beside the fields or above all
 * of them.
 */
export function useForm<Schema extends z.ZodObject>({
  schema,
  read = (typed) => Object.fromEntries(Object.entries(typed).filter(([name]) => name in schema.shape)),
  problems = [],
  codeStep = false,
  leaves = false,
  send,
}: FormOptions<Schema>) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(askBeforeLeaving, []);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<string>();
  const [pending, setPending] = useState(false);
  const [asksForCode, setAsksForCode] = useState(false);
  // A ref, because a second submit can occur before the first one is rendered.
  const busy = useRef(false);
  const setBusy = (value: boolean) => {
    busy.current = value;
    setPending(value);
  };

  function showErrors(found: FieldErrors) {
    setErrors(found);
    const names = Object.keys(found).map((name) => `[name="${name}"]`);
    form.current?.querySelector<HTMLElement>(names.join())?.focus();
  }

  async function submit() {
    const typed = Object.fromEntries(new FormData(form.current ?? undefined));
    const parsed = schema.safeParse(read(typed));
    setFailure(undefined);
    if (!parsed.success) {
      showErrors(Object.fromEntries(parsed.error.issues.map(({ path: [name = ""] }) => [name, true])));
      return;
    }
    setErrors({});
    setBusy(true);
    try {
      await send(parsed.data);
      if (!leaves) setBusy(false);
    } catch (error) {
      setBusy(false);
      if (codeStep && isProblem(error, "second-factor-required")) return setAsksForCode(true);
      const found = { ...problemsByField(error), ...problemsOfFields(problems, error) };
      const shown = Object.keys(found).some((name) => form.current?.elements.namedItem(name));
      if (shown) showErrors(found);
      else setFailure(problemInWords(error));
    }
  }

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy.current) void submit();
  };
  const formProps = { ref: form, onSubmit, method: "post", noValidate: true, "data-refused": failure && true } as const;
  return { formProps, errors, failure, pending, asksForCode, leaveCodeStep: () => setAsksForCode(false) };
}

function problemsOfFields(problems: readonly FieldProblem[], error: unknown): Record<string, string> {
  const about = problems.filter(([code]) => isProblem(error, code));
  return Object.fromEntries(about.map(([, field, words]) => [field, words ?? problemInWords(error)]));
}
