export interface ImageSize {
  format: 'png' | 'jpeg' | 'gif' | 'other';
  width: number;
  height: number;
}

const none: ImageSize = { format: 'other', width: 0, height: 0 };

/** A JPEG's size stands in its first frame header (ITU T.81, B.2.2). A photo's camera data is skipped like all else. */
function jpegSize(bytes: Buffer): ImageSize {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return none;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame)
      return { format: 'jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    if (marker === 0xff) at++;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return none;
}

/** What kind of image it is and how large, from its header alone. */
export function imageSize(bytes: Buffer): ImageSize {
  if (bytes.length < 26) return none;
  if (bytes[0] === 0x89)
    return { format: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (bytes[0] === 0xff) return jpegSize(bytes);
  if (bytes[0] === 0x47)
    return { format: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  return none;
}
