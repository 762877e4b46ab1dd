import { vi } from "vitest";

// Runs before each test file. Test files share a process, because each process loads the installed packages again.
// Each file gets its own modules of the project, and does not see the environment, globals and clock of an earlier one.
vi.resetModules();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.useRealTimers();
