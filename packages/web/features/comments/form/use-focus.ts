import { useEffect, useRef, useState } from "react";

/** Moves the focus to an element that is about to be there, by its id. */
export function useFocus(): (id: string) => void {
  const wanted = useRef<string>(undefined);
  const [, render] = useState(0);
  useEffect(() => {
    const element = wanted.current && document.getElementById(wanted.current);
    if (!element) return;
    wanted.current = undefined;
    element.focus();
  });
  return (id) => {
    wanted.current = id;
    render((count) => count + 1);
  };
}
