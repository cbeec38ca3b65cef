// Everything that waits, as one file that only headquarters can open.
import { sealedFile } from "./queue.js";

export async function saveSealed(vault) {
  const written = await sealedFile(vault.laptop.device);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([written], { type: "application/octet-stream" }));
  link.download = `${new Date().toISOString().slice(0, 16).replace(/[-:T]/g, "")}-${vault.laptop.device.slice(0, 8)}.fsv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
