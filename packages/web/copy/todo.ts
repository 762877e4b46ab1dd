import { counted } from "./english.ts";

/** Every word of a list of todos. */
export const todoWords = {
  newTodo: { label: "New todo", placeholder: "What needs to be done?" },
  markAll: "Mark all as complete",
  list: "Todos",
  left: (count: number) => `${counted(count, "item")} left`,
  filters: { label: "Show", all: "All", active: "Active", completed: "Completed" },
  clearCompleted: "Clear completed",
  loading: "Your todos are being loaded.",

  row: {
    edit: "Edit",
    more: (title: string) => `More for ${title}`,
    remove: (title: string) => `Delete ${title}`,
    waiting: "Not saved yet",
    waitingHint: "Kept on this device, and sent as soon as possible",
    hasNotes: "Has notes",
    due: (day: string) => `Due ${day}`,
    overdue: (day: string) => `Overdue since ${day}`,
  },
  menu: {
    details: "Details",
    rename: "Edit title",
    up: "Move up",
    down: "Move down",
    remove: "Delete",
    keys: { details: "Enter", rename: "F2", up: "Alt ↑", down: "Alt ↓", remove: "Delete" },
  },
  moved: (title: string, place: number, of: number) => `${title}, now ${place} of ${of}`,

  details: {
    title: "Details",
    name: "Title",
    noTitle: "A todo needs a title. Type one to save it.",
    notes: "Notes",
    notesPlaceholder: "What helps to get it done",
    due: "Due date",
    noDue: "No date",
    dueIncomplete: "Complete the date, or choose “No date”.",
    dueOutside: "Choose a day from 1970 to 2200.",
    nextWeek: "In a week",
    created: (when: string) => `Written down ${when}`,
    completed: (when: string) => `Completed ${when}`,
    done: "Done",
  },

  empty: {
    inbox: ["A clean page", "Whatever is on your mind, write it down: it stays here until you cross it out."],
    list: ["Nothing in this list yet", "Write down its first line above."],
    active: ["All done", "Nothing is left to do here. Close the book, or write down what comes next."],
    completed: ["Nothing crossed out yet", "What you complete gathers here, until you clear it."],
  },
  failed: "Your todos could not be loaded",

  removed: (title: string) => `“${title}” is deleted`,
  cleared: (count: number) => `${counted(count, "completed item")} cleared`,

  problems: {
    label: "Needs your decision",
    mine: "Yours",
    theirs: "Elsewhere",
  },

  sync: {
    saved: "All saved",
    saving: "Saving…",
    held: "Deleting…",
    undecided: (count: number) => `${counted(count, "change")} for you to decide`,
    offline: (count: number) => (count === 0 ? "Offline" : `Offline: ${counted(count, "change")} kept on this device`),
    waiting: (count: number) => `${counted(count, "change")} not saved yet`,
    retryIn: (seconds: number) => (seconds > 0 ? `Retrying in ${seconds} s` : "Retrying…"),
    retryNow: "Try now",
    memoryOnly: "This browser keeps nothing on this device: what is not saved is lost when you leave.",
  },

  shortcuts: {
    title: "Keyboard shortcuts",
    open: "Keyboard shortcuts",
    singleKeys: "Single-letter shortcuts",
    singleKeysHint: "Switch them off if you speak to your computer, or press keys by accident.",
    groups: [
      {
        title: "Anywhere",
        rows: [
          { keys: ["n"], does: "Write a new todo" },
          { keys: ["g", "i"], does: "Go to the inbox" },
          { keys: ["j"], or: ["k"], does: "Next or previous todo" },
          { keys: ["Ctrl", "Z"], does: "Undo what was just deleted" },
          { keys: ["?"], or: ["/"], does: "Show these shortcuts" },
        ],
      },
      {
        title: "On a todo",
        rows: [
          { keys: ["Space"], does: "Complete it, or take that back" },
          { keys: ["Enter"], does: "Open its details" },
          { keys: ["F2"], does: "Edit its title" },
          { keys: ["Delete"], does: "Delete it" },
          { keys: ["↓"], or: ["↑"], does: "Next or previous todo" },
          { keys: ["Alt", "↓"], or: ["Alt", "↑"], does: "Move it down or up" },
        ],
      },
      {
        title: "On a list",
        rows: [
          { keys: ["F2"], does: "Rename it" },
          { keys: ["Delete"], does: "Delete it" },
          { keys: ["↓"], or: ["↑"], does: "Next or previous list" },
        ],
      },
    ],
    or: "or",
  },
} as const;
