import type { ActiveSession } from "@daybook/core/account/session/session";
import { deviceOf } from "@daybook/core/account/session/session.device";
import type { ActiveSessionRecord } from "@daybook/core/account/session/session.own.service";

/** Presents a session with a name for its device. */
export const presentSession = ({ userAgent, isCurrent, ...session }: ActiveSessionRecord): ActiveSession => ({
  ...session,
  device: deviceOf(userAgent),
  current: isCurrent,
});
