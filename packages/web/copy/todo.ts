import { counted } from "./english.ts";

/** Texts of a list of todos. */
export const todoWords = {
  newTodo: { label: "New todo", placeholder: "What needs to be done?" },
  markAll: "Mark all as complete",
  list: "Todos",
  left: (count: number) => `${counted(count, "item")} left`,
  filters: { label: "Show", all: "All", active: "Active", completed: "Completed" },
  clearCompleted: "Clear completed",
  loading: "Loading your todos…",

  row: {
    edit: "Edit",
    more: (title: string) => `More for ${title}`,
    remove: (title: string) => `Delete ${title}`,
    waiting: "Not saved yet",
    waitingHint: "Stored on this device. We’ll send it as soon as possible.",
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
    notesPlaceholder: "Add details",
    due: "Due date",
    setDue: "Set a due date",
    changeDue: "Change the due date",
    noDue: "No date",
    dueIncomplete: "Complete the date, or choose “No date”.",
    dueOutside: "Choose a day from 1970 to 2200.",
    nextWeek: "In a week",
    created: (when: string) => `Created ${when}`,
    completed: (when: string) => `Completed ${when}`,
    done: "Done",
  },

  empty: {
    inbox: ["A clean page", "Write down what is on your mind. It stays here until you complete it."],
    list: ["Nothing in this list yet", "Add the first todo above."],
    active: ["All done", "Nothing left to do. Take a break, or add what comes next."],
    completed: ["Nothing completed yet", "Completed todos appear here until you clear them."],
  },
  failed: "We couldn’t load your todos",

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
    memoryOnly: "This browser can’t store data on this device. Unsaved changes are lost when you leave.",
  },

  shortcuts: {
    title: "Keyboard shortcuts",
    open: "Keyboard shortcuts",
    singleKeys: "Single-letter shortcuts",
    singleKeysHint: "Turn them off if you use speech input or press keys by accident.",
    groups: [
      {
        title: "Anywhere",
        rows: [
          { keys: ["n"], does: "Write a new todo" },
          { keys: ["g", "i"], does: "Go to the inbox" },
          { keys: ["j"], or: ["k"], does: "Next or previous todo" },
          { keys: ["Ctrl", "Z"], does: "Undo the last deletion" },
          { keys: ["?"], or: ["/"], does: "Show these shortcuts" },
        ],
      },
      {
        title: "On a todo",
        rows: [
          { keys: ["Space"], does: "Complete or reopen it" },
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
