import { afterEach, describe, expect, it, vi } from "vitest";
import { recallPerson, rememberPerson } from "./remembered-person.ts";

/** Storage as a browser has it, or one that is switched off. */
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

describe("the person of the last visit", () => {
  it("is remembered until they leave", () => {
    useStorage(true);
    const person = { id: "usr_ada", email: "ada@example.com", name: "Ada" };
    rememberPerson(person);
    expect(recallPerson()).toEqual(person);
    rememberPerson(undefined);
    expect(recallPerson()).toBeUndefined();
  });

  it.each(["", "{", "[]", "null", '"usr_ada"', '{"id":1}'])("is nobody where %j was stored", (text) => {
    const kept = useStorage(true);
    rememberPerson({ id: "usr_ada" });
    for (const key of kept.keys()) kept.set(key, text);
    expect(recallPerson()).toBeUndefined();
  });

  it("is nobody where storage is switched off", () => {
    useStorage(false);
    rememberPerson({ id: "usr_ada" });
    expect(recallPerson()).toBeUndefined();
  });
});
