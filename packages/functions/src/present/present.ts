import type { Page } from "@daybook/core/contract/page";
import type { StoredPicture } from "@daybook/core/db/picture-attribute";
import type { List } from "@daybook/core/list/list";
import type { ListRecord } from "@daybook/core/list/list.repository";
import type { Media, Picture } from "@daybook/core/media/media";
import type { MediaRecord } from "@daybook/core/media/media.repository";
import { cardFormat, cardSize, variantFormats, variantKey } from "@daybook/core/media/media.variants";
import type { Todo } from "@daybook/core/todo/todo";
import type { TodoRecord } from "@daybook/core/todo/todo.repository";
import { readerIdOf } from "@daybook/core/user/reader-id";
import type { User } from "@daybook/core/user/user";
import type { ProfileRecord } from "@daybook/core/user/user.repository";
import { resources } from "../resources.ts";

/** Presents a user with absolute URLs. */
export const presentUser = ({ avatar, ...user }: ProfileRecord): User => ({
  ...user,
  url: `${resources.origin()}/v1/me`,
  avatarId: avatar?.id ?? null,
  avatar: avatar && presentPicture(avatar),
  readerId: readerIdOf(user.id), // #blog
});

/** Presents a list, without its owner and storage details. */
export const presentList = ({ ownerId: _, epoch: __, ...list }: ListRecord): List => ({
  ...list,
  url: `${resources.origin()}/v1/lists/${list.id}`,
});

/** Presents a todo. */
export const presentTodo = (todo: TodoRecord): Todo => ({
  ...todo,
  url: `${resources.origin()}/v1/lists/${todo.listId}/todos/${todo.id}`,
});

/** Presents a picture with the URLs of its variants, in the order of preference. */
export const presentPicture = ({ widths, hasCard, ...picture }: StoredPicture): Picture => {
  const urlOf = (...variant: Parameters<typeof variantKey>) => `${resources.origin()}/media/${variantKey(...variant)}`;
  return {
    ...picture,
    variants: variantFormats.flatMap((format) =>
      widths.map((width) => ({ url: urlOf(picture.id, width, format), type: `image/${format}` as const, width })),
    ),
    card: hasCard ? urlOf(picture.id, cardSize.width, cardFormat) : null,
  };
};

/** Presents an upload to its owner. */
export const presentMedia = ({ ownerId: _, picture, ...media }: MediaRecord): Media => ({
  ...media,
  url: `${resources.origin()}/v1/media/${media.id}`,
  picture: picture && presentPicture(picture),
});

/** Presents a page of items as the result of an operation. */
export const presentPage = <Stored, Shown>({ items, next }: Page<Stored>, present: (item: Stored) => Shown) => ({
  body: items.map(present),
  next,
});
