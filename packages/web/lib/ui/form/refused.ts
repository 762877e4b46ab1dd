/** Refused input: an invalid field, or a form that could not be sent. */
const refused = "[aria-invalid=true], [data-refused]";

/**
 * Exempt from the question: passwords, addresses and codes, which users can type again, and `data-kept` fields, which
 * are saved while typing.
 */
const exempt =
  "[type=password], [type=email], [type=file], [autocomplete$=password], [autocomplete=one-time-code], [hidden], [data-kept], [data-kept] *";

const controls = "input, textarea";
const isText = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && !element.matches(exempt);

/** An incomplete date counts as refused: the browser shows it but has no value for it. */
const isRefused = (control: Element): boolean =>
  control.matches(refused) || (control instanceof HTMLInputElement && control.validity.badInput);

/** Returns the first control below `root` whose text was refused and would be lost. */
export function refusedIn(root: ParentNode): HTMLElement | undefined {
  const whole = [...root.querySelectorAll(`:is(form, div)[data-refused]`)].flatMap((part) =>
    [...part.querySelectorAll(controls)].filter((control) => isText(control) && control.value.trim() !== ""),
  );
  const single = [...root.querySelectorAll(controls)].filter(isRefused);
  return [...single, ...whole].find(isText);
}

/** Focuses the first refused control. @returns whether there was one */
export function focusRefused(root: ParentNode): boolean {
  const control = refusedIn(root);
  control?.focus();
  return control !== undefined;
}

const ask = (event: BeforeUnloadEvent) => {
  if (refusedIn(document)) event.preventDefault();
};

/** Makes the browser ask before it leaves a page with refused text. Idempotent. */
export const askBeforeLeaving = (): void => window.addEventListener("beforeunload", ask);
