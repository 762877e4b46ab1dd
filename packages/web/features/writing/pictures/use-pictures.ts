import type { MediaId } from "@daybook/core/ids";
import type { Picture } from "@daybook/core/media/media";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import * as v from "valibot";
import { userApi } from "../../session/user-api.ts";

const mediaId = v.custom<MediaId>((value) => typeof value === "string");

/** What this page knows of pictures, by their ids; `undefined` of those that were asked for in vain. */
let known: ReadonlyMap<string, Picture | undefined> = new Map();
const asked = new Set<string>();
const listeners = new Set<() => void>();

function remember(id: string, picture: Picture | undefined): void {
  known = new Map(known).set(id, picture);
  for (const listener of [...listeners]) listener();
}

/** A picture that has just been made: nobody need ask for it. */
export function rememberPicture(picture: Picture): void {
  asked.add(picture.id);
  remember(picture.id, picture);
}

function ask(id: string): void {
  if (asked.has(id)) return;
  asked.add(id);
  userApi
    .getMedia({ params: { mediaId: v.parse(mediaId, id) } })
    .then(({ data }) => remember(id, data.picture ?? undefined))
    .catch(() => {
      // Without a network it can be asked for again later.
      asked.delete(id);
      remember(id, undefined);
    });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The pictures of these ids, as far as they are known yet; the others are asked for. */
export function usePictures(ids: readonly string[]): readonly Picture[] {
  const all = useSyncExternalStore(
    subscribe,
    () => known,
    () => known,
  );
  const names = ids.join();
  useEffect(() => {
    for (const id of names === "" ? [] : names.split(",")) ask(id);
  }, [names]);
  return useMemo(() => (names === "" ? [] : names.split(",")).flatMap((id) => all.get(id) ?? []), [all, names]);
}

/** One picture, if there is one and it is known. */
export const usePicture = (id: string | null): Picture | undefined => usePictures(id === null ? [] : [id])[0];
