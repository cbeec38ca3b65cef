// Photos are scaled and encoded again here: a machine room's picture needs no 12 megapixels, and where it was taken is nobody's business.
import { storage } from "../laptop/contact.js";
import { words } from "./dom.js";
import { Refusal } from "./refusal.js";

const LONGEST_SIDE = 2048;
const QUALITY = 0.82;
const LARGEST = 10 * 1024 * 1024;
const RESERVE = 30 * 1024 * 1024; // left for text: an entry is a few hundred bytes

/** {bytes, name, type} of a file from the form. A PDF stays as it is. Throws Refusal. */
export async function scaled(file) {
  const refuse = (message) => {
    throw new Refusal({ message, fields: { file: [message] } });
  };
  const made = file.type.startsWith("image/") ? await picture(file).catch(() => refuse(words.photo_unreadable)) : file;
  if (made === file && file.type !== "application/pdf") refuse(words.photo_unreadable);
  if (made.size > LARGEST) refuse(words.too_large);
  const { free_bytes, quota_bytes } = await storage();
  if (quota_bytes && free_bytes < RESERVE + 3 * made.size) refuse(words.photo_full);
  return { bytes: await made.arrayBuffer(), name: file.name.replace(/\.\w+$/, made === file ? "$&" : ".jpg"), type: made.type };
}

async function picture(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}
