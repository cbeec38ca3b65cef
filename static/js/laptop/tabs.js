// One tab writes to a visit; another reads along until the first is closed.
import { words } from "../records/dom.js";

const held = new Set();

/** "" when this tab may write, else why not; then `free` is called once the other tab is gone. */
export function holdVisit(number, free) {
  if (!navigator.locks || held.has(number)) return "";
  const name = `fieldservice-visit-${number}`;
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) {
        held.add(number);
        resolve("");
        return new Promise(() => {}); // for as long as this page lives
      }
      resolve(words.other_tab);
      navigator.locks.request(name, () => {
        held.add(number);
        free();
        return new Promise(() => {});
      });
    });
  });
}
