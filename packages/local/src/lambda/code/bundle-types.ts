import type { BuildOptions } from "esbuild";

/** A file to bundle. */
export interface Source {
  /** Names its folder in the cache. */
  readonly id: string;
  /** An absolute path. */
  readonly entry: string;
  readonly options: BuildOptions;
  /** A module that exports a list of esbuild plugins. */
  readonly plugins?: string | undefined;
  /** What lies beside the bundle. */
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[] | undefined;
}

/** What a source became: a folder of its own, named by its content, that nothing changes any more. */
export interface Bundle {
  readonly folder: string;
  readonly file: string;
  /** What it still loads when it runs. */
  readonly external: readonly string[];
}

/** Where bundles are made: sources are below `root`, and so are the packages that they import. */
export interface Workshop {
  readonly root: string;
  readonly cacheFolder: string;
}
