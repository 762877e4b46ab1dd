import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./lib/command.ts";

interface Entry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const file = path.join(root, "package-lock.json");
const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync(file, "utf8"));
const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** Derives a platform from the name of its package. */
function platformOf(name: string): Pick<Entry, "os" | "cpu" | "libc"> {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  return {
    ...(os.length > 0 && { os }),
    ...(cpu.length > 0 && { cpu }),
    ...(words.includes("musl") && { libc: ["musl"] }),
  };
}

// npm omits optional packages that the registry in use lacks, and then refuses to install from the lock file on any
// machine. A registry may lack packages for other platforms. This script adds their entries, so that the lock file is
// complete on every machine.
const known = new Set(Object.keys(lock.packages).map((place) => place.split("node_modules/").at(-1)));
const added = Object.values(lock.packages).flatMap((entry) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name, version]) => !known.has(name) && /^\d/.test(version))
    .map(([name, version]): [string, Entry] => [
      `node_modules/${name}`,
      { version, ...platformOf(name), ...(entry.dev && { dev: true }), optional: true },
    ]),
);
const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(added) });
packages.sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(
  added.length === 0
    ? "package-lock.json is whole"
    : `package-lock.json: ${added.length} entries for other platforms added`,
);
