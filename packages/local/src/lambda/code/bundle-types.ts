import type { BuildOptions } from "esbuild";

/** A file to bundle. */
export interface Source {
  /** Name of its folder in the cache. */
  readonly id: string;
  /** Absolute path. */
  readonly entry: string;
  readonly options: BuildOptions;
  /** Path of a module that exports a list of esbuild plugins. */
  readonly plugins?: string | undefined;
  /** Files to copy next to the bundle. */
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[] | undefined;
}

/** The output of a source: an immutable folder, named by the hash of its content. */
export interface Bundle {
  readonly folder: string;
  readonly file: string;
  /** Packages that are loaded at run time. */
  readonly external: readonly string[];
}

/** Folders used for bundling. Sources and the packages that they import are below `root`. */
export interface Workshop {
  readonly root: string;
  readonly cacheFolder: string;
}
