import * as brand from "@daybook/core/brand";

export const offlineWords = {
  newVersion: { text: "A new version is ready.", reload: "Reload" },
  page: {
    title: "You’re offline",
    text: `This page needs a network, but your todos don’t. ${brand.name} saves your changes on this device and sends them when you’re back online.`,
    todos: "Open your todos",
    retry: "Try again",
  },
} as const;
