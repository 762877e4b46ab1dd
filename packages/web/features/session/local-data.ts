import { session } from "./browser-session.ts";

/** What a feature stores in this browser for a user. */
export interface LocalPart {
  /** Returns the number of changes that the server does not have, after a short wait for sending them. */
  pendingChanges(): Promise<number>;
  forget(): Promise<void>;
}

/**
 * The modules that store data in this browser. They are loaded when the user signs out, because only some pages use
 * them, and sign-out must delete all data from any page.
 */
const loadParts = (): Promise<{ localPartOf(userId: string): LocalPart }>[] => [
  import("../todo/local-part.ts"),
  import("../writing/local-part.ts"),
];

/** Opens the local data. Call it before signing out, because afterwards the user is unknown. */
export async function openLocalData() {
  const [shell, ...modules] = await Promise.all([import("../offline/browser-shell.ts"), ...loadParts()]);
  const { person } = session.state();
  const parts = person ? modules.map(({ localPartOf }) => localPartOf(person.id)) : [];
  return {
    pendingChanges: async () => {
      const changes = await Promise.all(parts.map((part) => part.pendingChanges()));
      return changes.reduce((sum, count) => sum + count, 0);
    },
    forgetLocalData: async () => {
      await Promise.all([shell.forgetShell(), ...parts.map((part) => part.forget())]);
    },
  };
}
