import type { MediaId } from "@daybook/core/ids";
import type { Picture } from "@daybook/core/media/media";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import * as v from "valibot";
import { observable } from "../../lib/observable.ts";
import { userApi } from "../session/user-api.ts";

const mediaId = v.custom<MediaId>((value) => typeof value === "string");

/** Loaded pictures by id. `undefined` if a picture could not be loaded, such as one that was deleted. */
const known = observable<ReadonlyMap<string, Picture | undefined>>(new Map());
const asked = new Set<string>();

const remember = (id: string, picture: Picture | undefined): void => known.set(new Map(known.get()).set(id, picture));

/** Caches a picture that was just uploaded, so that it is not fetched. */
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
      // Allow another try, for example after a network failure.
      asked.delete(id);
      remember(id, undefined);
    });
}

/** Returns the loaded pictures with these ids and fetches the others. */
export function usePictures(ids: readonly string[]): readonly Picture[] {
  const all = useSyncExternalStore(known.subscribe, known.get, known.get);
  const names = ids.join();
  useEffect(() => {
    for (const id of names === "" ? [] : names.split(",")) ask(id);
  }, [names]);
  return useMemo(() => (names === "" ? [] : names.split(",")).flatMap((id) => all.get(id) ?? []), [all, names]);
}

/** Returns one picture once it is loaded. */
export const usePicture = (id: string | null): Picture | undefined => usePictures(id === null ? [] : [id])[0];
