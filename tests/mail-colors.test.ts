import { readFileSync } from "node:fs";
import path from "node:path";
import { mailColors } from "@daybook/core/mail/mail.template";
import { expect, it } from "vitest";

const tokens = readFileSync(path.resolve(import.meta.dirname, "../packages/web/app/tokens.css"), "utf8");

it.each(Object.entries(mailColors))("mails have the web app's color %s in light and dark", (name, [light, dark]) => {
  expect(tokens).toContain(`--${name}: light-dark(${light}, ${dark});`);
});
