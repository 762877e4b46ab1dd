import { expect, it } from "vitest";
import { createStore, type Entry } from "./cache-store.ts";

const entry = (bytes: number): Entry => ({
  status: 200,
  headers: {},
  body: Buffer.alloc(bytes),
  lifetime: { fresh: 1, staleWhileRevalidate: 0, staleIfError: 0 },
  storedAt: 0,
  restsUntil: 0,
  paths: [],
});

it("evicts the least recently used entries, and stores no entry that exceeds its limit", () => {
  const store = createStore(30_000);
  for (const key of ["a", "b", "c"]) store.set(key, entry(7_000));
  expect(store.get("a")).toBeDefined();
  store.set("d", entry(7_000));
  const kept = () => ["a", "b", "c", "d"].filter((key) => store.get(key));
  expect(kept()).toEqual(["a", "c", "d"]);
  store.set("e", entry(40_000));
  expect(kept()).toEqual(["a", "c", "d"]);
  store.set("d", entry(8_000));
  expect(kept()).toEqual(["a", "c", "d"]);
  expect(store.removeAll(() => true)).toBe(3);
});
