import { describe, expect, it } from "vitest";
import { PostId } from "../ids.ts";
import { slugsFor } from "./post.slug.ts";

const id = PostId.parse("pst_01KA6V6A1B2C3D4E5F6G7H8J9K");

describe("slugsFor", () => {
  it.each([
    ["A table for everything!", "a-table-for-everything"],
    ["  Crème brûlée & naïveté  ", "creme-brulee-naivete"],
    ["It's Maya’s 1½ gardens", "its-mayas-11-2-gardens"],
    ["C++ --> Rust", "c-rust"],
    ["ﬁne ＷＩＤＥ", "fine-wide"],
    ["Straße nach Łódź", "strasse-nach-lodz"],
    ["København smørrebrød", "kobenhavn-smorrebrod"],
    ["Encyclopædia œuvre", "encyclopaedia-oeuvre"],
    ["Đà Nẵng", "da-nang"],
    ["Größe u\u0308ber alles", "groesse-ueber-alles"],
    ["Привет, мир", "privet-mir"],
    ["Ελλάδα 2026", "ellada-2026"],
  ])("derives from %j %j", (title, slug) => {
    expect(slugsFor(title, id)[0]).toBe(slug);
  });

  it("adds numbers, and finally the end of the id", () => {
    expect(slugsFor("Garden", id)).toEqual([
      "garden",
      "garden-2",
      "garden-3",
      "garden-4",
      "garden-5",
      "garden-6g7h8j9k",
    ]);
  });

  it.each(["", "花园", "!?", "💐"])("uses the id for the title %j without letters that have a Latin form", (title) => {
    expect(slugsFor(title, id)).toEqual(["post-6g7h8j9k"]);
  });

  it("truncates at a word and leaves room for a suffix", () => {
    const slugs = slugsFor("garden ".repeat(30), id);
    for (const slug of slugs) expect(slug).toMatch(/^(garden-)+(garden|[2-5]|6g7h8j9k)$/);
    for (const slug of [...slugs, ...slugsFor("x".repeat(200), id)]) expect(slug.length).toBeLessThanOrEqual(80);
    expect(new Set(slugsFor("x".repeat(200), id)).size).toBe(6);
  });
});
