// A file in the fragment of an address: deflated, in base64url. Both ways are bounded, what is read before it is unpacked
// and while it is. A link holds the text of the schedule file, and never events.

/** A longer fragment is not unpacked. */
export const LONGEST_FRAGMENT = 64 * 1024;
/** A file that is longer is not put into a link, nor taken out of one. */
export const LONGEST_FILE = 256 * 1024;

const KEY = "#file=";

/** The fragment of a file; none if it is too long for a link. */
export async function fragmentOf(text: string): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LONGEST_FILE) return undefined;
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const deflated = new Uint8Array(await new Response(packed).arrayBuffer());
  const fragment = KEY + base64url(deflated);
  return fragment.length <= LONGEST_FRAGMENT ? fragment : undefined;
}

/** Whether a fragment is meant to hold a file. */
export function holdsFile(fragment: string): boolean {
  return fragment.startsWith(KEY);
}

/** The file of a fragment; none if it holds none, or one that is too long. */
export async function fileOf(fragment: string): Promise<string | undefined> {
  if (!holdsFile(fragment) || fragment.length > LONGEST_FRAGMENT) return undefined;
  try {
    const deflated = bytesOf(fragment.slice(KEY.length));
    const unpacked = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const bytes = await bounded(unpacked.getReader());
    return bytes && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** All bytes of a stream; none as soon as there are too many. */
async function bounded(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LONGEST_FILE) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
