import { type InputEvent, useRef } from "react";

/** Sends the form of a code's field when the last digit is there, each code once: what was refused is there to be corrected. */
export function useSubmitWhenComplete(length = 6) {
  const sent = useRef("");
  return (event: InputEvent<HTMLInputElement>) => {
    const { value, form } = event.currentTarget;
    if (value.length !== length || value === sent.current) return;
    sent.current = value;
    form?.requestSubmit();
  };
}
