// What a page does when a call fails: nothing but a line that soon goes away.

import { toast } from "./toast.js";

// A gate stands in the way, and has already shown itself.
export class Blocked extends Error {}

// Errors of the network leave the page as it is.
export async function quietly(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Blocked)) toast("网络异常，请稍后再试");
  }
}
