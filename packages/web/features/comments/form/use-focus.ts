import { useEffect, useRef, useState } from "react";

/** Returns a function that focuses the element with an id once it is rendered. */
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
