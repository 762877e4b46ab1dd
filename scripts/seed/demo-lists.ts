import type { TodoCreate } from "@daybook/core/todo/todo";

/** A todo of the demo account. Its due date is a number of days after its creation. */
export type DemoTodo = Omit<TodoCreate, "dueDate"> & { readonly dueInDays?: number };

/** Maya's display name. */
export const demoName = "Maya";

/** Maya's lists by name, including the inbox, with their todos in order. */
export const demoLists: Readonly<Record<string, readonly DemoTodo[]>> = {
  Inbox: [
    { title: "Ring the dentist about Thursday", dueInDays: 0 },
    { title: "Return the drill to Ines", dueInDays: 1 },
    { title: "Find the charger of the old camera" },
    { title: "Answer Tom about Saturday", completed: true },
    { title: "Renew the library card", dueInDays: 6, notes: "Needs the letter with the new address." },
    { title: "Book the car in for its test", dueInDays: 12, priority: "high" },
    { title: "Pay the gas bill", completed: true },
  ],
  Groceries: [
    { title: "Oat milk, two" },
    { title: "Leeks" },
    { title: "Red lentils", completed: true },
    { title: "Something green for Sunday" },
    { title: "Coffee, the whole beans", completed: true },
    { title: "Lemons" },
    { title: "Dishwasher salt" },
  ],
  Allotment: [
    { title: "Cover the beds before the first frost", dueInDays: 3, priority: "high" },
    { title: "Plant the garlic", notes: "A hand apart, pointed end up." },
    { title: "Sharpen the secateurs" },
    { title: "Clean out the water butt", completed: true },
    { title: "Order seed potatoes", dueInDays: 40 },
  ],
  "Trip to Porto": [
    { title: "Book the sleeper to Lisbon", completed: true },
    { title: "Ask Rui for the name of that bakery" },
    { title: "Check the passports", completed: true },
    { title: "Find a room near the river", dueInDays: 9, priority: "medium" },
    { title: "Learn to order breakfast" },
    { title: "Pack the small umbrella" },
  ],
  Studio: [
    { title: "Send the second draft to Priya", dueInDays: 2, priority: "high" },
    { title: "Back up the summer photographs" },
    { title: "Invoice for the museum poster", dueInDays: 5 },
    { title: "Choose a paper for the calendar", notes: "Ivory, uncoated, 120 g or more." },
    { title: "Archive last year’s projects", completed: true },
  ],
  "To read": [
    { title: "The Left Hand of Darkness" },
    { title: "A Pattern Language, again", notes: "From the chapter on windows." },
    { title: "Middlemarch", completed: true },
    { title: "The Summer Book" },
  ],
};
