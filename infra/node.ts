import manifest from "../package.json" with { type: "json" };

/** The Node that package.json pins, such as `24.21.0`. */
const pinned = manifest.devDependencies.node;

const majorOf = (version: string) => version.split(".", 1)[0];

/**
 * SST runs the program with the `node` on the PATH. With an older one, it would fail later, without naming the cause.
 * @throws if its major version is not the pinned one
 */
export function checkNode(running: string): void {
  if (majorOf(running) === majorOf(pinned)) return;
  throw new Error(
    `This program needs Node ${majorOf(pinned)}, and SST runs it with Node ${running}. ` +
      `Run \`npm ci\`, then use \`npx sst\`, which finds Node ${pinned} in node_modules/.bin; or run \`nvm use\`.`,
  );
}
