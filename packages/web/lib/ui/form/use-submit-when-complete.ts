import { type InputEvent, useRef } from "react";

/**
 * Submits the form when the last digit of a code is typed. Submits each code only once, so the user can correct a
 * refused one.
 */
export function useSubmitWhenComplete(length = 6) {
  const sent = useRef("");
  return (event: InputEvent<HTMLInputElement>) => {
    const { value, form } = event.currentTarget;
    if (value.length !== length || value === sent.current) return;
    sent.current = value;
    form?.requestSubmit();
  };
}
