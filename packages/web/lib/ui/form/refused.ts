/** What was refused: a field, or a whole form that could not be sent. */
const refused = "[aria-invalid=true], [data-refused]";

/** What a person types from memory or from elsewhere, and what carries `data-kept`, since it is stored while it is typed. */
const exempt =
  "[type=password], [type=email], [type=file], [autocomplete$=password], [autocomplete=one-time-code], [hidden], [data-kept], [data-kept] *";

const controls = "input, textarea";
const isText = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && !element.matches(exempt);

/** Half a date counts as refused: the browser shows it, but has no value for it. */
const isRefused = (control: Element): boolean =>
  control.matches(refused) || (control instanceof HTMLInputElement && control.validity.badInput);

/** The first control within a part of the page whose text was refused and would be lost with it. */
export function refusedIn(root: ParentNode): HTMLElement | undefined {
  const whole = [...root.querySelectorAll(`:is(form, div)[data-refused]`)].flatMap((part) =>
    [...part.querySelectorAll(controls)].filter((control) => isText(control) && control.value.trim() !== ""),
  );
  const single = [...root.querySelectorAll(controls)].filter(isRefused);
  return [...single, ...whole].find(isText);
}

/** Moves the focus to what was refused. @returns whether there was anything */
export function focusRefused(root: ParentNode): boolean {
  const control = refusedIn(root);
  control?.focus();
  return control !== undefined;
}

const ask = (event: BeforeUnloadEvent) => {
  if (refusedIn(document)) event.preventDefault();
};

/** The browser asks before it leaves a page with refused text. Safe to call more than once. */
export const askBeforeLeaving = (): void => window.addEventListener("beforeunload", ask);
