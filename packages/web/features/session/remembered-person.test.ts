import { afterEach, describe, expect, it, vi } from "vitest";
import { recallPerson, rememberPerson } from "./remembered-person.ts";

/** Stubs localStorage, with an in-memory copy or as disabled. */
function useStorage(works: boolean): Map<string, string> {
  const kept = new Map<string, string>();
  const refuse = () => {
    throw new DOMException("Storage is switched off", "SecurityError");
  };
  vi.stubGlobal(
    "localStorage",
    works
      ? {
          getItem: (key: string) => kept.get(key) ?? null,
          setItem: (key: string, value: string) => kept.set(key, value),
          removeItem: (key: string) => kept.delete(key),
        }
      : { getItem: refuse, setItem: refuse, removeItem: refuse },
  );
  return kept;
}

afterEach(() => vi.unstubAllGlobals());

describe("the remembered user", () => {
  it("is remembered until sign-out", () => {
    useStorage(true);
    const person = { id: "usr_ada", email: "ada@example.com", name: "Ada" };
    rememberPerson(person);
    expect(recallPerson()).toEqual(person);
    rememberPerson(undefined);
    expect(recallPerson()).toBeUndefined();
  });

  it.each(["", "{", "[]", "null", '"usr_ada"', '{"id":1}'])("is undefined if %j was stored", (text) => {
    const kept = useStorage(true);
    rememberPerson({ id: "usr_ada" });
    for (const key of kept.keys()) kept.set(key, text);
    expect(recallPerson()).toBeUndefined();
  });

  it("is undefined if storage is disabled", () => {
    useStorage(false);
    rememberPerson({ id: "usr_ada" });
    expect(recallPerson()).toBeUndefined();
  });
});
